import { useState } from 'react';
import type { Mistake } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { ReadingDialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { StemPictures } from '../design/pictures.tsx';
import { useCall } from '../design/use-call.ts';
import { FeedbackNote } from './feedback-note.tsx';

type MistakesProps = {
  /** Of the practice just over, or the book that practice before it has filled. */
  readonly of: 'mistakes' | 'mistake-book';
  readonly label: string;
};

/** A button that opens what was not right, with what would have been and why. */
export function MistakesButton({ of, label }: MistakesProps) {
  const { t, station } = usePage();
  const [mistakes, setMistakes] = useState<readonly Mistake[]>();
  const { busy, refused, run } = useCall();
  const open = () => run(async () => setMistakes((await station.call(of, {})).mistakes));
  return (
    <>
      <button type="button" className="secondary" disabled={busy} onClick={open} data-action={of}>
        {label}
      </button>
      <Notice reason={refused} />
      {mistakes && (
        <ReadingDialog title={label} onClose={() => setMistakes(undefined)}>
          {mistakes.length === 0 && <p className="lead">{t('practice.none')}</p>}
          <ol className="mistakes">
            {mistakes.map((mistake) => (
              <MistakeEntry key={mistake.item.itemId} {...mistake} />
            ))}
          </ol>
        </ReadingDialog>
      )}
    </>
  );
}

function MistakeEntry({ item, chosen, typed = '', feedback }: Mistake) {
  const { t, locale } = usePage();
  const options = item.options.flatMap(({ id, text }, at) =>
    chosen.includes(id) ? [`${String.fromCharCode(65 + at)}${text ? `. ${inLocale(text, locale)}` : ''}`] : [],
  );
  const given = options.join('；') || typed;
  return (
    <li>
      <p className="stem">{inLocale(item.stem, locale)}</p>
      <StemPictures pictures={item.pictures} />
      {given && <p className="muted">{t('practice.given', { given })}</p>}
      <FeedbackNote item={item} feedback={feedback} blank={!given} />
    </li>
  );
}
