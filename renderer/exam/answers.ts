import { type AnswerState, type Feedback, type Form, type Given, givenOf } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';

/** What a candidate answered as the page has it: shown at once, and saved when the station says so. */
export type LocalAnswer = Given & {
  readonly flagged: boolean;
  /** How often the flag was changed here, and what the station has of it. */
  readonly flagWishes: number;
  readonly flagSaved: boolean;
  /** Counts what was given, from 1; 0 where nothing was. */
  readonly revision: number;
  /** The newest revision that the station has on disk. */
  readonly saved: number;
  /** In practice: what the station told of it. */
  readonly feedback?: Feedback | undefined;
  /** The station is being asked for it: nothing changes meanwhile. */
  readonly asking?: boolean;
};
export type Answers = ReadonlyMap<ItemId, LocalAnswer>;

export type Change =
  /** The form came, with everything that was answered before. */
  | { readonly type: 'loaded'; readonly form: Form }
  | { readonly type: 'given'; readonly itemId: ItemId; readonly given: Given; readonly revision: number }
  | { readonly type: 'saved'; readonly itemId: ItemId; readonly revision: number }
  | { readonly type: 'flagged'; readonly itemId: ItemId; readonly flagged: boolean; readonly wish: number }
  | { readonly type: 'flag-saved'; readonly itemId: ItemId; readonly flagged: boolean }
  | { readonly type: 'flag-refused'; readonly itemId: ItemId; readonly wish: number }
  | { readonly type: 'asking'; readonly itemId: ItemId }
  | { readonly type: 'told'; readonly itemId: ItemId; readonly feedback: Feedback | undefined }
  /** The station takes no other answer any more than the one it told of. */
  | { readonly type: 'stands'; readonly itemId: ItemId; readonly answer: AnswerState };

const BLANK: LocalAnswer = {
  ...{ chosen: [], revision: 0, saved: 0 },
  ...{ flagged: false, flagSaved: false, flagWishes: 0 },
};

export const NO_ANSWERS: Answers = new Map();

export const answerIn = (answers: Answers, itemId: ItemId): LocalAnswer => answers.get(itemId) ?? BLANK;

/** What the station has not said to be on disk. */
export const unsavedIn = (answers: Answers): readonly (readonly [ItemId, LocalAnswer])[] =>
  [...answers].filter(([, { revision, saved }]) => saved < revision);

/** Replies come in any order, and late; what is newer always stands. */
export function changeAnswers(answers: Answers, change: Change): Answers {
  if (change.type === 'loaded') {
    const loaded = change.form.answers.map(
      (answer) => [answer.itemId, merge(answers.get(answer.itemId), answer)] as const,
    );
    return new Map([...answers, ...loaded]);
  }
  return new Map(answers).set(change.itemId, next(answerIn(answers, change.itemId), change));
}

function next(before: LocalAnswer, change: Exclude<Change, { type: 'loaded' }>): LocalAnswer {
  switch (change.type) {
    case 'given':
      return { ...bookOf(before), ...givenOf(change.given), revision: change.revision };
    case 'saved':
      return { ...before, saved: Math.max(before.saved, change.revision) };
    case 'flagged':
      return { ...before, flagged: change.flagged, flagWishes: change.wish };
    case 'flag-saved':
      return { ...before, flagSaved: change.flagged };
    case 'flag-refused':
      // Who has wished something else since is not overruled by what became of the wish before.
      return before.flagWishes === change.wish ? { ...before, flagged: before.flagSaved } : before;
    case 'asking':
      return { ...before, asking: true };
    case 'told':
      return { ...before, feedback: change.feedback, asking: false };
    case 'stands':
      return { ...bookOf(before), ...keptBy(change.answer), asking: false };
  }
}

/** All but what was answered. */
function bookOf({ chosen: _, typed: _typed, gaps: _gaps, pairs: _pairs, ...book }: LocalAnswer) {
  return book;
}

/** What was given here since the station wrote down what it tells of stands, and is still to be saved. */
function merge(here: LocalAnswer | undefined, there: AnswerState): LocalAnswer {
  if (!here) return { ...BLANK, ...keptBy(there) };
  const { flagged, flagSaved, ...kept } = keptBy(there);
  const flag = here.flagWishes > 0 ? {} : { flagged, flagSaved };
  if (here.revision <= there.revision) return { ...bookOf(here), ...kept, ...flag };
  return { ...here, ...flag, saved: Math.max(here.saved, there.revision) };
}

/** An answer as the station has it. */
const keptBy = ({ flagged, revision, feedback, ...given }: AnswerState) => ({
  ...givenOf(given),
  ...{ flagged, feedback, revision },
  ...{ saved: revision, flagSaved: flagged },
});
