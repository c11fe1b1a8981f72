import { cutToMistakes, cutToTopic, topicsOf } from '../../authoring/drawing/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Given } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { PracticeChoice, PracticeOffer } from '../../contract/words/practice.ts';
import { assertNever, Refusal } from '../../contract/words/reasons.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import type { Practising, Telling } from './parts.ts';

/** What this candidate may choose to practise. */
export function offerFor(parts: Practising, sitting: Sitting): PracticeOffer {
  // The roster is here before the bank is: nothing to choose from yet, and no reason to show nothing at all.
  if (!parts.banks.has(sitting.exam.bankId)) return { topics: [], mistakes: 0 };
  const bank = parts.banks.get(sitting.exam.bankId);
  return { topics: topicsOf(sitting.exam, bank), mistakes: wrongBefore(parts, sitting).length };
}

/** The items in this candidate's book that the bank of the exam has. */
const wrongBefore = ({ banks, mistakes }: Practising, sitting: Sitting): readonly Item[] =>
  banks.items(sitting.exam.bankId, mistakes.of(guestOf(sitting)).items(sitting.candidateId));

/**
 * Whether it is told what would have been right, as at home (`center/home/keys.ts`): not where an exam of the same firm that
 * counts may ask the item, in whatever bank, unless whoever made this one has said so. A bank that is not here yet may have it.
 */
export function tellsKey({ banks, roster }: Telling, sitting: Sitting, itemId: ItemId): boolean {
  if (sitting.exam.revealsKeys) return true;
  const exams = roster.of(guestOf(sitting)).assignment?.exams ?? [];
  const counted = exams.filter(({ mode }) => mode === 'formal' || mode === 'gate');
  return counted.every(({ bankId }) => banks.has(bankId) && banks.items(bankId, [itemId]).length === 0);
}

/** The exam as the candidate chose to practise it. @throws Refusal `no-items` where there is nothing of that */
export function chosenExam(
  parts: Practising,
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
export function bookOf(parts: Practising, sitting: Sitting): readonly { readonly item: Item; readonly given: Given }[] {
  const { exam, stage, candidateId } = sitting;
  if (exam.mode !== 'mock' || stage !== 'awaiting-unlock') throw new Refusal('not-allowed-now', 'no book now');
  const book = parts.mistakes.of(guestOf(sitting));
  return wrongBefore(parts, sitting).map((item) => ({ item, given: book.given(candidateId, item.id) }));
}
