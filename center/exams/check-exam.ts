import { describeLack, findLacks } from '../../authoring/drawing/index.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeBank } from '../../proof/index.ts';

/** @throws Refusal `hash-mismatch` where its id or its hash does not follow from its items */
export function checkBank(bank: Bank): void {
  const made = makeBank(bank.title, bank.items);
  if (made.hash !== bank.hash || made.id !== bank.id)
    throw new Refusal('hash-mismatch', "the bank's id or hash does not follow from its items");
}

/**
 * Whether every candidate can get a form of it.
 * @throws Refusal `item-unknown` (another bank), `bad-message` (pass marks out of reach), `bank-too-small`
 */
export function checkExam(exam: Exam, bank: Bank): void {
  if (exam.bankId !== bank.id)
    throw new Refusal('item-unknown', `the exam draws from ${exam.bankId}, this is ${bank.id}`);
  const full = fullMarks(exam.blueprint);
  if (exam.passMarks > full)
    throw new Refusal('bad-message', `pass marks of ${exam.passMarks} out of ${full} cannot be reached`);
  const [lack] = findLacks(bank, exam.blueprint);
  if (lack) throw new Refusal('bank-too-small', describeLack(lack));
}
