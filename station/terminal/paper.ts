import type { Feedback, Form, FormItem, Mistake } from '../../contract/form.ts';
import type { ItemId, Sha256 } from '../../contract/ids.ts';
import { picturesOf } from '../../contract/pictures.ts';
import { Refusal } from '../../contract/reasons.ts';
import { isRight } from '../forms/index.ts';
import type { Sitting } from '../sitting/index.ts';
import type { TerminalParts } from './parts.ts';

type Banks = Pick<TerminalParts, 'banks'>;
type DrawnForm = NonNullable<Sitting['form']>;

/** The paper as the candidate sees it, with everything answered so far. Keys stay here. */
export function formOf(parts: Banks, sitting: Sitting): Form {
  const { form } = sitting;
  // Nobody reads the paper while the clock stands.
  if (!form || sitting.stage !== 'in-progress') throw new Refusal('not-allowed-now', 'no form now');
  const answers = form.items.flatMap(({ itemId }) => {
    const answer = sitting.answers.get(itemId);
    const flagged = sitting.flags.has(itemId);
    if (!answer && !flagged) return [];
    const told = sitting.checked.has(itemId) ? { feedback: feedbackOn(parts, sitting, itemId) } : {};
    return [{ itemId, flagged, chosen: [], revision: 0, ...answer, ...told }];
  });
  return { sittingId: sitting.id, items: form.items.map((drawn) => itemFor(parts, form, drawn)), answers };
}

function itemFor(
  { banks }: Banks,
  { bankId }: DrawnForm,
  { itemId, options, marks }: DrawnForm['items'][number],
): FormItem {
  const item = banks.item(bankId, itemId);
  const inOrder = options.flatMap((id) => item.options.find((option) => option.id === id) ?? []);
  return {
    itemId,
    kind: item.kind,
    stem: item.stem,
    ...(item.pictures ? { pictures: item.pictures } : {}),
    options: inOrder,
    ...(item.unit ? { unit: item.unit } : {}),
    marks,
  };
}

/**
 * A picture of the paper: while somebody may read it, and after practice.
 * @throws Refusal `not-allowed-now`, `picture-missing` where the paper shows no such picture
 */
export function pictureOf({ banks }: Banks, { form, stage, exam }: Sitting, hash: Sha256): Uint8Array {
  const over = exam.mode === 'mock' && (stage === 'graded' || stage === 'recorded');
  if (!form || !(stage === 'in-progress' || over)) throw new Refusal('not-allowed-now', 'no form now');
  const shown = picturesOf(form.items.map(({ itemId }) => banks.item(form.bankId, itemId)));
  if (!shown.has(hash)) throw new Refusal('picture-missing', 'not of this form');
  return banks.picture(hash);
}

/**
 * What an answer was worth and why.
 * @throws Refusal `not-allowed-now` in any exam but practice, and before there is an answer to speak of
 */
export function feedbackOn(
  { banks }: Banks,
  { exam, form, answers, checked, stage }: Sitting,
  itemId: ItemId,
): Feedback {
  const over = stage === 'graded' || stage === 'recorded';
  if (!form || exam.mode !== 'mock' || !(over || checked.has(itemId)))
    throw new Refusal('not-allowed-now', 'nothing is told of this answer');
  const item = banks.item(form.bankId, itemId);
  const { key, number, explanation } = item;
  const right = isRight(answers.get(itemId) ?? { chosen: [] }, item);
  const told = { ...(number ? { rightNumber: number.value } : {}), ...(explanation ? { explanation } : {}) };
  return { itemId, right, rightOptions: key, ...told };
}

/** After practice, the items that were not right. @throws Refusal `not-allowed-now` */
export function mistakesIn(parts: Banks, sitting: Sitting): readonly Mistake[] {
  const { form, answers } = sitting;
  if (!form) throw new Refusal('not-allowed-now', 'no form');
  return form.items.flatMap((drawn) => {
    const feedback = feedbackOn(parts, sitting, drawn.itemId);
    const { chosen, typed } = answers.get(drawn.itemId) ?? { chosen: [] };
    const given = { chosen, ...(typed === undefined ? {} : { typed }) };
    return feedback.right ? [] : [{ item: itemFor(parts, form, drawn), ...given, feedback }];
  });
}
