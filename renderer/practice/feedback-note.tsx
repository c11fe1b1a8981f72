import type { Feedback, FormItem, Pair } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Content, inOrder, Sentence } from '../design/content.tsx';
import { letterOf } from '../design/letters.ts';

type FeedbackNoteProps = { readonly item: FormItem; readonly feedback: Feedback; readonly blank?: boolean };

/** What is right, in letters and words, and why. A blank answer is not called wrong. */
export function FeedbackNote({ item, feedback, blank = false }: FeedbackNoteProps) {
  const { t, contentLocale } = usePage();
  const { right, rightNumber, rightGaps = [], rightPairs = [], explanation } = feedback;
  const number = rightNumber === undefined ? [] : [`${rightNumber} ${item.unit ?? ''}`];
  const options = rightPlaces(item, feedback).map((at) => {
    const text = item.options[at]?.text;
    // Of an option that is a picture the letter says which.
    return (
      <>
        {letterOf(at)}. {text && <Content text={inLocale(text, contentLocale)} />}
      </>
    );
  });
  const gaps = rightGaps.map((accepted) => accepted.join(' / '));
  const pairs = rightPairs.map((pair) => <RightPair key={pair.premise} item={item} pair={pair} />);
  const between = item.kind === 'order' ? ' → ' : ' · ';
  const answer = [...options, ...number, ...gaps, ...pairs].flatMap((one, at) => (at === 0 ? [one] : [between, one]));
  return (
    <div className={right ? 'feedback right' : 'feedback wrong'} role="status">
      <strong>{t(right ? 'practice.right' : blank ? 'practice.blank' : 'practice.wrong')}</strong>
      {!right && answer.length === 0 && <p>{t('practice.keys-kept')}</p>}
      {!right && answer.length > 0 && (
        <Sentence around={(told) => t('practice.answer', { answer: told })}>{inOrder(answer)}</Sentence>
      )}
      {explanation && (
        <Sentence around={(told) => t('practice.why', { why: told })}>
          <Content text={inLocale(explanation, contentLocale)} />
        </Sentence>
      )}
    </div>
  );
}

/** 1 → A. 红色 */
function RightPair({ item, pair }: { readonly item: FormItem; readonly pair: Pair }) {
  const { contentLocale } = usePage();
  const number = (item.premises ?? []).findIndex(({ id }) => id === pair.premise) + 1;
  const at = item.options.findIndex(({ id }) => id === pair.choice);
  const text = item.options[at]?.text;
  return (
    <>
      {number} → {letterOf(at)}. {text && <Content text={inLocale(text, contentLocale)} />}
    </>
  );
}

/** Where the right options stand on the screen: as they should follow each other, or else as they are shown. */
function rightPlaces({ kind, options }: FormItem, { rightOptions }: Feedback): readonly number[] {
  const places = rightOptions.map((id) => options.findIndex((option) => option.id === id)).filter((at) => at >= 0);
  return kind === 'order' ? places : places.toSorted((a, b) => a - b);
}
