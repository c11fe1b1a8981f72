import { useState } from 'react';
import { type OneResult, resultEndpoints } from '../../contract/platform/results.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type SettleProps = { readonly logIndex: OneResult['logIndex']; readonly onSettled: () => void };

/** A result is in doubt: whoever supervises decides, and says why. */
export function SettleResult({ logIndex, onSettled }: SettleProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const settle = (decision: 'stands' | 'void') =>
    run(async () => {
      await ask(resultEndpoints.settle, { params: { logIndex }, body: { decision, note: note.trim() } });
      setNote('');
      onSettled();
    });
  const unsaid = note.trim().length < 2;
  return (
    <section className="part waiting-for-us" aria-labelledby="settle">
      <h2 id="settle">{t('settle.title')}</h2>
      <TextField name="note" label={t('settle.note')} hint={t('settle.hint')} value={note} onChange={setNote} />
      <Problem {...problem} />
      <div className="deeds">
        <Button look="primary" action="stands" disabled={busy || unsaid} onPress={() => settle('stands')}>
          {t('decision.stands')}
        </Button>
        <Button look="danger" action="void" disabled={busy || unsaid} onPress={() => settle('void')}>
          {t('decision.void')}
        </Button>
      </div>
    </section>
  );
}
