import type { ResultAnswer, ResultField } from '../../contract/platform/results.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePlatform } from './context.tsx';

/** How they did in each field. */
export function FieldsPart({ fields }: { readonly fields: readonly ResultField[] }) {
  const { t } = usePlatform();
  if (fields.length === 0) return null;
  const figures = ['items', 'right', 'part', 'wrong', 'blank', 'marks'] as const;
  return (
    <section className="part" aria-labelledby="fields">
      <h2 id="fields">{t('results.fields')}</h2>
      <div className="table-slot">
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{t('results.field')}</th>
              {figures.map((name) => (
                <th key={name} scope="col" className="figures">
                  {t(`field.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((one) => (
              <tr key={one.field}>
                <td data-title={t('results.field')}>{one.field}</td>
                {figures.map((name) => (
                  <td key={name} data-title={t(`field.${name}`)} className="figures">
                    {one[name]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What was answered against what is right, for whoever may see keys. */
export function AnswersPart({ answers }: { readonly answers: readonly ResultAnswer[] }) {
  const { t, locale } = usePlatform();
  const said = (texts: ResultAnswer['key']) =>
    texts.map((text) => inLocale(text, locale)).join('；') || t('field.blank');
  return (
    <section className="part" aria-labelledby="answers">
      <h2 id="answers">{t('results.answers')}</h2>
      <ol className="rows">
        {answers.map(({ itemId, stem, given, key, marks }) => (
          <li key={itemId}>
            <div>{stem ? inLocale(stem, locale) : itemId}</div>
            <div className="muted">
              {t('results.given')} {said(given)} · {t('results.key')} {said(key)} · {t('field.marks')} {marks}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
