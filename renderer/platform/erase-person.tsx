import { useState } from 'react';
import {
  ERASED_BY_HAND,
  type ErasedPerson,
  type ErasureReason,
  retentionEndpoints,
} from '../../contract/platform/retention.ts';
import type { CandidateId, OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type EraseProps = { readonly organisationId: OrganisationId; readonly candidateId: CandidateId };

/** Somebody of the own firm is erased for good, once that was said twice. */
export function ErasePerson(params: EraseProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<ErasureReason>('asked');
  const [alsoCertificates, setAlso] = useState(false);
  const [erased, setErased] = useState<ErasedPerson>();
  const erase = () =>
    run(async () => setErased(await ask(retentionEndpoints.erase, { params, body: { reason, alsoCertificates } })));
  if (erased) return <Erased erased={erased} />;
  if (!open)
    return (
      <div className="deeds">
        <Button look="danger" action="erase" onPress={() => setOpen(true)}>
          {t('people.erase')}
        </Button>
      </div>
    );
  return (
    <section className="part waiting-for-us" aria-labelledby="erase">
      <h2 id="erase">{t('people.erase')}</h2>
      <p>{t('erase.means')}</p>
      <Form onSend={erase}>
        <ChoiceField
          name="reason"
          label={t('erase.reason')}
          value={reason}
          onChange={(value) => setReason(ERASED_BY_HAND.find((one) => one === value) ?? 'asked')}
          choices={ERASED_BY_HAND.map((value) => ({ value, label: t(`erase.${value}`) }))}
        />
        <label className="check">
          <input
            type="checkbox"
            name="alsoCertificates"
            checked={alsoCertificates}
            onChange={(event) => setAlso(event.target.checked)}
          />
          {t('erase.also')}
        </label>
        <Problem {...problem} />
        <div className="deeds">
          <Button action="cancel" onPress={() => setOpen(false)}>
            {t('app.cancel')}
          </Button>
          <Button look="danger" submits action="erase-for-good" disabled={busy}>
            {t('erase.sure')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Erased({ erased: { revoked, stays } }: { readonly erased: ErasedPerson }) {
  const { t } = usePlatform();
  return (
    <section className="part" role="status">
      <p>
        <strong>{t('erase.done')}</strong>
      </p>
      {revoked.length > 0 && <p>{t('erase.revoked', { numbers: revoked.join('、') })}</p>}
      <p>{t('erase.stays')}</p>
      <ul>
        {stays.map((one) => (
          <li key={one}>{t(`stays.${one}`)}</li>
        ))}
      </ul>
    </section>
  );
}
