import { describeLack, findLacks } from '../../authoring/drawing/index.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { type Course, courseItems } from '../../contract/words/course.ts';
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
 * Whether every candidate can get a form of it, or be asked what its course asks.
 * @throws Refusal `item-unknown` (another bank), `bad-message` (pass marks out of reach), `bank-too-small`
 */
export function checkExam(exam: Exam, bank: Bank): void {
  if (exam.bankId !== bank.id)
    throw new Refusal('item-unknown', `the exam draws from ${exam.bankId}, this is ${bank.id}`);
  if (exam.course) return checkCourse(exam, exam.course, bank);
  const full = fullMarks(exam.blueprint);
  if (exam.passMarks > full)
    throw new Refusal('bad-message', `pass marks of ${exam.passMarks} out of ${full} cannot be reached`);
  const [lack] = findLacks(bank, exam.blueprint);
  if (lack) throw new Refusal('bank-too-small', describeLack(lack));
}

/** Nothing is drawn for a course: what its lessons ask is in the bank, and is worth a mark each. */
function checkCourse(exam: Exam, course: Course, bank: Bank): void {
  const asked = courseItems(course);
  const there = new Set(bank.items.map(({ id }) => id));
  const unknown = asked.find((id) => !there.has(id));
  if (unknown) throw new Refusal('item-unknown', `the bank of the course has no ${unknown}`);
  if (exam.passMarks > asked.length)
    throw new Refusal('bad-message', `pass marks of ${exam.passMarks} out of ${asked.length} cannot be reached`);
}
