import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { DeskAbout, OpenedDesk } from '../../contract/page/proctor-desk.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { isPin, PinEntry } from './pin-entry.tsx';

type PinStepProps = {
  readonly about: DeskAbout;
  /** Why it is asked for once more. */
  readonly again: Reason | undefined;
  readonly onOpened: (desk: OpenedDesk) => void;
  readonly onClose: () => void;
};

/** Who is there? Nothing else is asked, and nothing of the candidate shown, before that is known. */
export function PinStep({ about, again, onOpened, onClose }: PinStepProps) {
  const { t, station } = usePage();
  const [pin, setPin] = useState('');
  const { busy, refused, run } = useCall();
  const input = useRef<HTMLInputElement>(null);
  const enter = async (given: string) => {
    const opened = await run(async () => onOpened(await station.call('proctor.open', { pin: given, about })));
    if (!opened) setPin('');
  };
  // What is typed next goes where the wrong one stood.
  useEffect(() => {
    if (refused) input.current?.focus();
  }, [refused]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy && isPin(pin)) void enter(pin);
  };
  return (
    <Dialog title={t('desk.who')} onClose={onClose}>
      <form onSubmit={submit} className="pin-step" data-pin-step>
        <Notice reason={pin === '' ? (refused ?? again) : undefined} />
        <PinEntry pin={pin} onPin={setPin} onBadge={enter} inputRef={input} />
        <div className="sheet-deeds">
          <Button look="primary" submits disabled={busy || !isPin(pin)} action="proctor-enter">
            {t(busy ? 'proctor.busy' : 'desk.enter')}
          </Button>
          <Button look="quiet" onPress={onClose} action="close-dialog">
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
