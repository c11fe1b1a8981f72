import { useState } from 'react';
import { type AppealDecision, appealEndpoints } from '../../contract/platform/appeals.ts';
import { AppealId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor, goInstead } from './route.ts';
import { useDeed } from './use-deed.ts';

/** An appeal is upheld, with the marks that count from then on, or rejected. */
export function DecideAppeal({ id, proposed }: { readonly id: string; readonly proposed: string }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const [marks, setMarks] = useState(proposed);
  const decide = (body: AppealDecision) =>
    run(async () => {
      const known = AppealId.safeParse(id);
      if (!known.success) throw new Refusal('result-unknown');
      await ask(appealEndpoints.decide, { params: { id: known.data }, body });
      goInstead(addressFor('appeals'));
    });
  const unsaid = busy || note.trim().length < 2;
  const uphold = () => decide({ state: 'upheld', note: note.trim(), marks: Number(marks) });
  return (
    <section className="part waiting-for-us" aria-labelledby="decide">
      <h2 id="decide">{t('appeals.decide')}</h2>
      <TextField name="note" label={t('settle.note')} hint={t('settle.hint')} value={note} onChange={setNote} />
      <TextField type="number" min={0} name="marks" label={t('correct.marks')} value={marks} onChange={setMarks} />
      <Problem {...problem} />
      <div className="deeds">
        <Button look="primary" action="uphold" disabled={unsaid || marks === ''} onPress={uphold}>
          {t('appeals.uphold')}
        </Button>
        <Button
          look="danger"
          action="reject"
          disabled={unsaid}
          onPress={() => decide({ state: 'rejected', note: note.trim() })}
        >
          {t('appeals.reject')}
        </Button>
      </div>
    </section>
  );
}
