import { useState } from 'react';
import type { Mistake } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Content } from '../design/content.tsx';
import { ReadingDialog } from '../design/dialog.tsx';
import { letterOf } from '../design/letters.ts';
import { Notice } from '../design/notice.tsx';
import { OptionPictures, StemPictures } from '../design/pictures.tsx';
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
      <Button disabled={busy} onPress={open} action={of}>
        {label}
      </Button>
      <Notice reason={refused} />
      {mistakes && (
        <ReadingDialog title={label} place="wide" onClose={() => setMistakes(undefined)}>
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

/** The whole item as it stood: what was chosen, what is right, and why. */
function MistakeEntry({ item, chosen, typed = '', feedback }: Mistake) {
  const { t, contentLocale } = usePage();
  const blank = chosen.length === 0 && typed === '';
  return (
    <li>
      <div className="stem">
        <Content text={inLocale(item.stem, contentLocale)} />
      </div>
      <StemPictures pictures={item.pictures} />
      <ol className="mistake-options">
        {item.options.map(({ id, text, pictures }, at) => {
          const [given, right] = [chosen.includes(id), feedback.rightOptions.includes(id)];
          return (
            <li key={id} data-right={right} data-wrong={feedback.rightOptions.length > 0 && given && !right}>
              <span className="letter">{letterOf(at)}</span>
              <span className="content">{text && <Content text={inLocale(text, contentLocale)} />}</span>
              <OptionPictures pictures={pictures} />
              {given && <span className="badge">{t('practice.yours')}</span>}
            </li>
          );
        })}
      </ol>
      {typed && <p className="muted">{t('practice.given', { given: typed })}</p>}
      <FeedbackNote item={item} feedback={feedback} blank={blank} />
    </li>
  );
}
