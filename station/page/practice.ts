import { undrawnOptions, withoutKey } from '../../authoring/drawing/index.ts';
import { feedbackFor } from '../../authoring/marking/index.ts';
import { type Feedback, type Given, givenOf, type Mistake } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Sitting } from '../core/sitting/index.ts';
import { bookOf, type Practising, type Telling, tellsKey } from '../steps/index.ts';
import { itemFor } from './form-item.ts';

/** The book of mistakes before practice, with what would have been right where that is told. */
export function bookForPage(parts: Practising, sitting: Sitting): readonly Mistake[] {
  const marks = new Map(sitting.exam.blueprint.rows.map((row) => [row.kind, row.marks]));
  return bookOf(parts, sitting).map(({ item, given }) => {
    const drawn = { options: undrawnOptions(item), marks: marks.get(item.kind) ?? 1 };
    return { item: withoutKey(item, drawn), ...given, feedback: toldOf(parts, sitting, item, given) };
  });
}

/** Whether it was right; what would have been and why leaves the station only where that may be told. */
function toldOf(parts: Telling, sitting: Sitting, item: Item, given: Given): Feedback {
  const feedback = feedbackFor(item, given);
  if (tellsKey(parts, sitting, item.id)) return feedback;
  return { itemId: item.id, right: feedback.right, rightOptions: [] };
}

/**
 * What an answer was worth and why.
 * @throws Refusal `not-allowed-now` in any exam but practice and a course, and before there is an answer to speak of
 */
export function feedbackOn(parts: Telling, sitting: Sitting, itemId: ItemId): Feedback {
  const { exam, form, answers, checked, stage } = sitting;
  // A course is not over when a sitting of it is: what was not answered is asked again.
  const over = exam.mode === 'mock' && (stage === 'graded' || stage === 'recorded');
  const tells = exam.mode === 'mock' || exam.mode === 'learning';
  if (!form || !tells || !(over || checked.has(itemId)))
    throw new Refusal('not-allowed-now', 'nothing is told of this answer');
  return toldOf(parts, sitting, parts.banks.item(form.bankId, itemId), answers.get(itemId) ?? { chosen: [] });
}

/** After practice, the items that were not right. @throws Refusal `not-allowed-now` */
export function mistakesIn(parts: Telling, sitting: Sitting): readonly Mistake[] {
  const { form, answers } = sitting;
  if (!form) throw new Refusal('not-allowed-now', 'no form');
  return form.items.flatMap((drawn) => {
    const feedback = feedbackOn(parts, sitting, drawn.itemId);
    const given = givenOf(answers.get(drawn.itemId) ?? { chosen: [] });
    return feedback.right ? [] : [{ item: itemFor(parts, form, drawn), ...given, feedback }];
  });
}
