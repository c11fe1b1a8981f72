import { isPossible } from '../../authoring/marking/index.ts';
import type { Form, Given } from '../../contract/words/form.ts';
import type { ItemId, Sha256 } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { picturesIn } from '../../contract/words/learning.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isUnderWay, type Sitting } from '../core/sitting/index.ts';
import type { MediaStore } from '../keep/media/index.ts';
import { bookOf, type Practising, type Telling } from '../steps/index.ts';
import { itemFor } from './form-item.ts';
import { feedbackOn } from './practice.ts';

type Shown = { readonly media: MediaStore };

/** The paper as the candidate sees it, with everything answered so far. Keys stay here. */
export function formOf(parts: Telling, sitting: Sitting): Form {
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

/** Of an item of this paper. @throws Refusal `option-unknown` where no page could send such an answer to it */
export function mustBePossible(
  { banks }: Pick<Practising, 'banks'>,
  { form }: Sitting,
  id: ItemId,
  given: Given,
): void {
  const there = form?.items.some(({ itemId }) => itemId === id);
  if (form && there && !isPossible(given, banks.item(form.bankId, id))) throw new Refusal('option-unknown', id);
}

/**
 * A picture of what may be read now: of a course while it is studied, of the paper while it is sat, and in practice of what is told afterwards and of the
 * book of mistakes before.
 * @throws Refusal `not-allowed-now`, `picture-missing` where nothing to be read shows such a picture
 */
export function pictureOf(parts: Practising & Shown, sitting: Sitting, hash: Sha256): Uint8Array {
  const { course } = sitting.exam;
  if (course && isUnderWay(sitting) && picturesIn(course).has(hash)) return parts.media.read(hash);
  if (!picturesOf(readableIn(parts, sitting)).has(hash)) throw new Refusal('picture-missing', 'not of this form');
  return parts.banks.picture(hash);
}

function readableIn(parts: Practising, sitting: Sitting): readonly Item[] {
  const { form, stage, exam } = sitting;
  const mock = exam.mode === 'mock';
  if (mock && stage === 'awaiting-unlock') return bookOf(parts, sitting).map(({ item }) => item);
  const over = mock && (stage === 'graded' || stage === 'recorded');
  if (!form || !(stage === 'in-progress' || over)) throw new Refusal('not-allowed-now', 'no form now');
  return form.items.map(({ itemId }) => parts.banks.item(form.bankId, itemId));
}
