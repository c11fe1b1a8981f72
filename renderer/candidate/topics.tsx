import { useState } from 'react';
import type { TopicMarks } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { ReadingDialog } from '../design/dialog.tsx';

/** A button that opens where the marks came from, and where there is something to learn. */
export function TopicsButton({ topics }: { readonly topics: readonly TopicMarks[] }) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="secondary" onClick={() => setOpen(true)} data-action="topics">
        {t('topics.title')}
      </button>
      {open && (
        <ReadingDialog title={t('topics.title')} onClose={() => setOpen(false)}>
          <TopicTable topics={topics} />
        </ReadingDialog>
      )}
    </>
  );
}

function TopicTable({ topics }: { readonly topics: readonly TopicMarks[] }) {
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
  return (
    <ul className="topic-bars">
      {weakest.map((topic) => {
        const field = topic.field || t('topics.other');
        return (
          <li key={topic.field}>
            <span>{t('topics.bar', { field, marks: topic.marks, full: topic.fullMarks })}</span>
            <meter min={0} max={1} low={0.6} high={0.8} optimum={1} value={shareOf(topic)} aria-label={field} />
          </li>
        );
      })}
    </ul>
  );
}
