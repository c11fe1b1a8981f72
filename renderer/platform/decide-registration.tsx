import { useState } from 'react';
import { type Organisation, organisationEndpoints } from '../../contract/platform/organisations.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type DecideProps = { readonly id: Organisation['id']; readonly onDecided: () => void };

/** A registration waits: it is approved, or refused with a reason that whoever registered is told. */
export function DecideRegistration({ id, onDecided }: DecideProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const decide = (approve: boolean) =>
    run(async () => {
      await ask(organisationEndpoints.decide, { params: { id }, body: { approve, note: note.trim() } });
      onDecided();
    });
  return (
    <section className="part waiting-for-us" aria-labelledby="decide">
      <h2 id="decide">{t('registration.decide')}</h2>
      <TextField name="note" label={t('registration.note')} value={note} onChange={setNote} />
      <Problem {...problem} />
      <div className="deeds">
        <Button look="primary" action="approve" disabled={busy} onPress={() => decide(true)}>
          {t('registration.approve')}
        </Button>
        <Button look="danger" action="refuse" disabled={busy || note.trim() === ''} onPress={() => decide(false)}>
          {t('registration.refuse')}
        </Button>
      </div>
      {note.trim() === '' && <p className="muted">{t('registration.refuse-needs-note')}</p>}
    </section>
  );
}
