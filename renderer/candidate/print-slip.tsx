import { useEffect, useMemo, useState } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { slipPrinter } from '../link/slip-printer.ts';
import { Slip, type SlipProps } from './slip.tsx';

/** A button where there is a printer, and what it prints. It says what came of it; nothing of the result hangs on that. */
export function PrintSlip(slip: SlipProps) {
  const { t } = usePage();
  const printer = useMemo(slipPrinter, []);
  const [state, setState] = useState<'none' | 'ready' | 'printing' | 'printed' | 'failed'>('none');
  useEffect(() => {
    printer.ready().then(
      (ready) => setState(ready ? 'ready' : 'none'),
      () => setState('none'),
    );
  }, [printer]);
  if (state === 'none') return null;
  const print = async (): Promise<void> => {
    setState('printing');
    const printed = await printer.print().catch(() => false);
    // Of one result a kiosk prints a few, and then no more.
    const again = await printer.ready().catch(() => false);
    setState(!again ? 'none' : printed ? 'printed' : 'failed');
  };
  return (
    <>
      <Button small icon="print" disabled={state === 'printing'} onPress={print} action="print-slip">
        {t(state === 'ready' ? 'slip.print' : `slip.${state}`)}
      </Button>
      <Slip {...slip} />
    </>
  );
}
