import { useState } from 'react';
import { isBlankAnswer, type Mistake } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Content } from '../design/content.tsx';
import { ReadingDialog } from '../design/dialog.tsx';
import { letterOf } from '../design/letters.ts';
import { Notice } from '../design/notice.tsx';
import { PassageNote } from '../design/passage-note.tsx';
import { OptionPictures, StemPictures } from '../design/pictures.tsx';
import { useCall } from '../design/use-call.ts';
import { FeedbackNote } from './feedback-note.tsx';
import { GivenNote } from './given-note.tsx';
import { PremiseList } from './premise-list.tsx';

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
function MistakeEntry({ item, feedback, ...given }: Mistake) {
  const { t, contentLocale } = usePage();
  const ordered = item.kind === 'order';
  return (
    <li>
      <PassageNote passage={item.passage} />
      <div className="stem">
        <Content text={inLocale(item.stem, contentLocale)} />
      </div>
      <StemPictures pictures={item.pictures} />
      <PremiseList premises={item.premises} />
      <ol className="mistake-options">
        {item.options.map(({ id, text, pictures }, at) => {
          const mine = !ordered && given.chosen.includes(id);
          const right = !ordered && feedback.rightOptions.includes(id);
          return (
            <li key={id} data-right={right} data-wrong={feedback.rightOptions.length > 0 && mine && !right}>
              <span className="letter">{letterOf(at)}</span>
              <span className="content">{text && <Content text={inLocale(text, contentLocale)} />}</span>
              <OptionPictures pictures={pictures} />
              {mine && <span className="badge">{t('practice.yours')}</span>}
            </li>
          );
        })}
      </ol>
      <GivenNote item={item} given={given} />
      <FeedbackNote item={item} feedback={feedback} blank={isBlankAnswer(given)} />
    </li>
  );
}
