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
