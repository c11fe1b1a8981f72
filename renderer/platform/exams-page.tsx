import { useCallback } from 'react';
import { examEndpoints } from '../../contract/platform/exams.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import type { Firm } from './use-firm.ts';

/** What is sat at a firm, and by which rules. */
export function ExamsPage() {
  return (
    <OfFirm screen="exams" heading="exams.title">
      {(firm) => <Exams firm={firm} />}
    </OfFirm>
  );
}

function Exams({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const load = useCallback(() => ask(examEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused } = useLoaded(load);
  return (
    <>
      <Problem refused={refused} />
      {value?.exams.length === 0 && (
        <div className="empty">
          <p>{t('exams.none')}</p>
          <a href={firm.address('banks')}>{t('banks.title')}</a>
        </div>
      )}
      <ul className="rows boxed">
        {value?.exams.map(({ id, title, mode, items, ofItems, marks, passMarks, durationSeconds, attempts }) => (
          <li key={id} data-exam={id}>
            <span className="part">
              <a href={firm.address('exam', id)}>{inLocale(title, locale)}</a>
              <small className="muted">
                {t('exams.in-short', {
                  ...{ items, ofItems, marks, pass: passMarks, attempts },
                  minutes: Math.round(durationSeconds / 6) / 10,
                })}
              </small>
            </span>
            <span className="badge">{t(`mode.${mode}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
