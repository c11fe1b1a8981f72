import { cutToMistakes, cutToTopic, topicsOf } from '../../authoring/drawing/index.ts';
import { isRight } from '../../authoring/marking/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Feedback, Given, Mistake } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { PracticeChoice, PracticeOffer } from '../../contract/words/practice.ts';
import { assertNever, Refusal } from '../../contract/words/reasons.ts';
import type { Sitting } from '../core/sitting/index.ts';
import type { TerminalParts } from '../run/parts.ts';
import { itemFor, withoutKey } from './form-item.ts';

export type Books = Pick<TerminalParts, 'banks' | 'mistakes'>;

/** What this candidate may choose to practise. */
export function offerFor(parts: Books, sitting: Sitting): PracticeOffer {
  // The roster is here before the bank is: nothing to choose from yet, and no reason to show nothing at all.
  if (!parts.banks.has(sitting.exam.bankId)) return { topics: [], mistakes: 0 };
  const bank = parts.banks.get(sitting.exam.bankId);
  return { topics: topicsOf(sitting.exam, bank), mistakes: wrongBefore(parts, sitting).length };
}

/** The items in this candidate's book that the bank of the exam has. */
const wrongBefore = ({ banks, mistakes }: Books, { exam, candidateId }: Sitting): readonly Item[] =>
  banks.items(exam.bankId, mistakes.items(candidateId));

/** The exam as the candidate chose to practise it. @throws Refusal `no-items` where there is nothing of that */
export function chosenExam(
  parts: Books,
  sitting: Sitting,
  choice: PracticeChoice,
): { readonly exam?: Exam; readonly only?: ReadonlySet<ItemId> } {
  const { exam } = sitting;
  switch (choice.of) {
    case 'all':
      return {};
    case 'topic':
      return { exam: cutToTopic(exam, parts.banks.get(exam.bankId), choice.topic) };
    case 'mistakes':
      return cutToMistakes(exam, wrongBefore(parts, sitting));
    default:
      return assertNever(choice);
  }
}

/** The book of mistakes before practice, the newest first. @throws Refusal `not-allowed-now` */
export function bookOf(parts: Books, sitting: Sitting): readonly { readonly item: Item; readonly given: Given }[] {
  const { exam, stage, candidateId } = sitting;
  if (exam.mode !== 'mock' || stage !== 'awaiting-unlock') throw new Refusal('not-allowed-now', 'no book now');
  return wrongBefore(parts, sitting).map((item) => ({ item, given: parts.mistakes.given(candidateId, item.id) }));
}

/** The same, with what would have been right. */
export function bookForPage(parts: Books, sitting: Sitting): readonly Mistake[] {
  const marks = new Map(sitting.exam.blueprint.rows.map((row) => [row.kind, row.marks]));
  return bookOf(parts, sitting).map(({ item, given }) => {
    const drawn = { options: item.options.map(({ id }) => id), marks: marks.get(item.kind) ?? 1 };
    return { item: withoutKey(item, drawn), ...given, feedback: feedbackFor(item, given) };
  });
}

function feedbackFor(item: Item, given: Given): Feedback {
  const { id, key, number, explanation } = item;
  const told = { ...(number ? { rightNumber: number.value } : {}), ...(explanation ? { explanation } : {}) };
  return { itemId: id, right: isRight(given, item), rightOptions: key, ...told };
}

/**
 * What an answer was worth and why.
 * @throws Refusal `not-allowed-now` in any exam but practice, and before there is an answer to speak of
 */
export function feedbackOn(
  { banks }: Pick<TerminalParts, 'banks'>,
  { exam, form, answers, checked, stage }: Sitting,
  itemId: ItemId,
): Feedback {
  const over = stage === 'graded' || stage === 'recorded';
  if (!form || exam.mode !== 'mock' || !(over || checked.has(itemId)))
    throw new Refusal('not-allowed-now', 'nothing is told of this answer');
  return feedbackFor(banks.item(form.bankId, itemId), answers.get(itemId) ?? { chosen: [] });
}

/** After practice, the items that were not right. @throws Refusal `not-allowed-now` */
export function mistakesIn(parts: Pick<TerminalParts, 'banks'>, sitting: Sitting): readonly Mistake[] {
  const { form, answers } = sitting;
  if (!form) throw new Refusal('not-allowed-now', 'no form');
  return form.items.flatMap((drawn) => {
    const feedback = feedbackOn(parts, sitting, drawn.itemId);
    const { chosen, typed } = answers.get(drawn.itemId) ?? { chosen: [] };
    const given = { chosen, ...(typed === undefined ? {} : { typed }) };
    return feedback.right ? [] : [{ item: itemFor(parts, form, drawn), ...given, feedback }];
  });
}
