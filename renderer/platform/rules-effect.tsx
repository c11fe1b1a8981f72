import type { RulesLook } from '../../contract/platform/exams.ts';
import { platformRegion } from '../../messages/platform/index.ts';
import { usePlatform } from './context.tsx';

/** What rules would come to, before they are saved. */
export function RulesEffect({ look: { marks, lacks, problem, drawn } }: { readonly look: RulesLook }) {
  const { t, explain, locale } = usePlatform();
  const part = new Intl.NumberFormat(platformRegion(locale), { style: 'percent', maximumFractionDigits: 1 });
  const rowsOf = (rows: readonly number[]) => rows.join(locale === 'zh' ? '、' : ', ');
  return (
    <section className="part effect" aria-labelledby="effect" data-effect={problem?.reason ?? 'good'}>
      <h3 id="effect">{t('exams.effect')}</h3>
      {problem && (
        <p className="notice warn" role="alert">
          <span>
            {explain(problem.reason)} {lacks.length === 0 && problem.detail && <small>{problem.detail}</small>}
          </span>
        </p>
      )}
      <ul>
        {lacks.map(({ rows, missing, why }) => (
          <li key={rows.join()}>{t(`lack.${why}`, { rows: rowsOf(rows), missing })}</li>
        ))}
      </ul>
      {drawn && (
        <>
          <p>
            {t('exams.drawn', {
              ...{ forms: drawn.forms, marks, violations: drawn.violations },
              ...{ mean: part.format(drawn.overlap.mean), max: part.format(drawn.overlap.max) },
            })}
          </p>
          <ul>
            {drawn.piles.map(({ rows, items, mean, mostOften, unused }) => (
              <li key={rows.join()}>
                {t('exams.pile', {
                  ...{ rows: rowsOf(rows), items, unused },
                  ...{ mean: part.format(mean), most: part.format(mostOften) },
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
