import { useState } from 'react';
import type { TopicMarks } from '../../contract/words/topic-marks.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { ReadingDialog } from '../design/dialog.tsx';
import { Meter } from '../design/meter.tsx';

/** A button that opens where the marks came from, and where there is something to learn. */
export function TopicsButton({ topics }: { readonly topics: readonly TopicMarks[] }) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)} action="topics">
        {t('topics.title')}
      </Button>
      {open && (
        <ReadingDialog title={t('topics.title')} onClose={() => setOpen(false)}>
          <TopicTable topics={topics} />
        </ReadingDialog>
      )}
    </>
  );
}

export function TopicTable({ topics }: { readonly topics: readonly TopicMarks[] }) {
  const { t } = usePage();
  return (
    <table className="topics">
      <thead>
        <tr>
          {(['topic', 'right', 'wrong', 'blank', 'marks'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`topics.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {topics.map(({ field, items, right, part, wrong, blank, marks, fullMarks }) => (
          <tr key={field}>
            <th scope="row">{field || t('topics.other')}</th>
            <td>
              {right} / {items}
            </td>
            <td>{wrong + part}</td>
            <td>{blank}</td>
            <td>
              {marks} / {fullMarks}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** So many are seen at a glance; the others stand in the table. */
const MOST_BARS = 4;
const shareOf = ({ marks, fullMarks }: TopicMarks): number => (fullMarks > 0 ? marks / fullMarks : 1);

/** Where there is most to learn, first. */
export function TopicBars({ topics }: { readonly topics: readonly TopicMarks[] }) {
  const { t } = usePage();
  const weakest = topics.toSorted((a, b) => shareOf(a) - shareOf(b)).slice(0, MOST_BARS);
  const [worst] = weakest;
  const toStudy = worst && shareOf(worst) < 1 ? worst.field || t('topics.other') : undefined;
  return (
    <>
      <ul className="topic-bars">
        {weakest.map((topic) => {
          const field = topic.field || t('topics.other');
          return (
            <li key={topic.field}>
              <span className="topic-name">{field}</span>
              <Meter share={shareOf(topic)} label={field} judged />
              <span className="figures">{t('topics.bar', { marks: topic.marks, full: topic.fullMarks })}</span>
            </li>
          );
        })}
      </ul>
      {toStudy && <p className="lead">{t('topics.study', { field: toStudy })}</p>}
    </>
  );
}
