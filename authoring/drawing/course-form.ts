import { type Course, courseItems } from '../../contract/words/course.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { hashOf } from '../../proof/index.ts';
import type { DrawnForm } from './assemble.ts';
import { type OrderRule, orderOptions } from './option-order.ts';
import { drawsFrom } from './random.ts';

/** Nothing is drawn but the order of options. What was drawn before was called `course@2` and `course`. */
export const COURSE_METHODS = ['course@3', 'course@2', 'course'] as const;
type CourseMethod = (typeof COURSE_METHODS)[number];
const ORDERS: Readonly<Record<CourseMethod, OrderRule>> = {
  'course@3': 'now',
  'course@2': 'second',
  course: 'first',
};

/**
 * The form of a course: every item that it asks, in its order, each for one mark.
 * @throws Refusal `item-unknown` where the bank has one of them not
 */
export function courseForm(
  bank: Bank,
  { course, blueprint }: Exam & { readonly course: Course },
  seed: string,
  method: CourseMethod = COURSE_METHODS[0],
): DrawnForm {
  const byId = new Map(bank.items.map((item) => [item.id, item]));
  const draws = drawsFrom(`${seed}:options`);
  const items = courseItems(course).map((itemId) => {
    const item = byId.get(itemId);
    if (!item) throw new Refusal('item-unknown', itemId);
    return { itemId, options: orderOptions(item, draws.shuffled, ORDERS[method]), marks: 1 };
  });
  const source = { bankId: bank.id, bankHash: bank.hash, blueprintHash: hashOf(blueprint), seed, method };
  return { ...source, formHash: hashOf(items), items };
}
