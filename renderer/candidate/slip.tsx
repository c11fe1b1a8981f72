import { createPortal } from 'react-dom';
import type { Stage } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { shortCode } from '../../contract/words/receipt-code.ts';
import { usePage } from '../context.ts';
import { QrCode } from './receipt-code.tsx';
import { TopicTable } from './topics.tsx';

type Result = Extract<Stage, { stage: 'result' }>;
export type SlipProps = { readonly result: Result; readonly code: string; readonly station: string };

/** What is printed of a result, on a roll of 80 mm as on a sheet. Beside the page, which paper does not show. */
export const Slip = (props: SlipProps) => createPortal(<SlipSheet {...props} />, document.body);

export function SlipSheet({ result, code, station }: SlipProps) {
  const { t, locale } = usePage();
  const { exam, who, marks, passed, topics, receipt } = result;
  return (
    <article className="slip">
      <h1>{t('slip.title')}</h1>
      <h2>{inLocale(exam.title, locale)}</h2>
      <p className="slip-verdict">
        <strong>{t(passed ? 'result.passed' : 'result.failed')}</strong>
        <span>
          {t('result.marks', { marks })} ({t('result.of', { full: exam.fullMarks, pass: exam.passMarks })})
        </span>
      </p>
      <SlipFacts result={result} station={station} />
      {topics.length > 1 && <TopicTable topics={topics} />}
      <div className="slip-proof">
        <QrCode text={code} label={t('receipt.label')} />
        <div className="slip-words">
          <p>
            {who.name} · {t('receipt.short')} <strong>{shortCode(code)}</strong>
          </p>
          <p>{t(receipt === 'verified' ? 'slip.proves' : 'slip.proves-signed')}</p>
          <p>{t(code.startsWith('EXS1:') ? 'slip.how-offline' : 'slip.how')}</p>
        </div>
      </div>
    </article>
  );
}

function SlipFacts({ result, station }: Omit<SlipProps, 'code'>) {
  const { t, locale } = usePage();
  const { exam, who, usedMs, submittedAt } = result;
  const seconds = Math.round(usedMs / 1000);
  const at =
    submittedAt &&
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(submittedAt));
  const rows = [
    [t('slip.name'), who.name],
    [t('slip.number'), who.number],
    [t('slip.mode'), t(`mode.${exam.mode}`)],
    [t('slip.time'), t('slip.used', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })],
    [t('slip.at'), at],
    [t('slip.station'), station],
  ];
  return (
    <dl>
      {rows.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
