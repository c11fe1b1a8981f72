import { useCallback, useState } from 'react';
import { certificateEndpoints, type ExamTerm, USUAL_MONTHS } from '../../contract/platform/certificates.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** How long certificates of each exam of a firm are good. */
export function CertificateTermsPage() {
  return (
    <OfFirm screen="certificate-terms" heading="certificates.terms">
      {(firm) => <Terms firm={firm} />}
    </OfFirm>
  );
}

function Terms({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(() => ask(certificateEndpoints.terms, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused } = useLoaded(load);
  return (
    <>
      <p className="muted">{t('certificates.terms-mean', { months: USUAL_MONTHS })}</p>
      <p>
        <a href={firm.address('certificates')}>{t('certificates.title')}</a>
      </p>
      <Problem refused={refused} />
      {value?.terms.length === 0 && <p className="empty">{t('list.empty')}</p>}
      {value?.terms.map((term) => (
        <section key={term.examId} className="part" aria-label={inLocale(term.title, locale)} data-exam={term.examId}>
          <h2>{inLocale(term.title, locale)}</h2>
          {firm.isOwn ? <SetTerm {...{ firm, term }} /> : <p>{saysTerm(term, t)}</p>}
        </section>
      ))}
    </>
  );
}

const saysTerm = ({ months }: ExamTerm, t: ReturnType<typeof usePlatform>['t']): string =>
  months === null ? t('certificates.never') : t('certificates.months-of', { months });

function SetTerm({ firm, term }: { readonly firm: Firm; readonly term: ExamTerm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [kind, setKind] = useState(term.months === null ? 'never' : 'months');
  const [months, setMonths] = useState(String(term.months ?? USUAL_MONTHS));
  const [saved, setSaved] = useState(false);
  const save = async () => {
    setSaved(false);
    const body = { examId: term.examId, months: kind === 'never' ? null : Number(months) };
    setSaved(await run(() => ask(certificateEndpoints.setTerm, { params: { firm: firm.id }, body })));
  };
  return (
    <Form onSend={save}>
      <div className="fields">
        <ChoiceField
          name={`kind-${term.examId}`}
          label={t('certificates.good-for')}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'months', label: t('certificates.some-months') },
            { value: 'never', label: t('certificates.never') },
          ]}
        />
        {kind === 'months' && (
          <TextField
            name={`months-${term.examId}`}
            type="number"
            min={1}
            label={t('certificates.months')}
            value={months}
            onChange={setMonths}
            required
          />
        )}
      </div>
      <Problem {...problem} />
      <div className="deeds">
        <Button submits action="save-term" disabled={busy}>
          {t('app.save')}
        </Button>
        <span role="status">{saved && t('app.saved')}</span>
      </div>
    </Form>
  );
}
