import { isPossible, markForm } from '../../../authoring/marking/index.ts';
import { sumOfMarks } from '../../../contract/words/blueprint.ts';
import type { Given } from '../../../contract/words/form.ts';
import type { ItemId } from '../../../contract/words/ids.ts';
import type { Item } from '../../../contract/words/items.ts';
import { type Case, type Finding, mustHave, unlessBefore } from './facts.ts';
import { fullMarksOf, itemsById, marksAt, type Paper } from './paper.ts';

const NOTHING: Given = { chosen: [] };

/** Every answer marked again by the key, and what follows from the marks. @param isKnown whether bank and blueprint are the record's */
export function judgeMarks(of: Case, { exam, bank }: Paper, isKnown: boolean): readonly Finding[] {
  const { record } = of;
  const { marks, fullMarks, passMarks, passed } = record;
  const limits = fullMarks === fullMarksOf(exam) && passMarks === exam.passMarks;
  const studied = 'learning' in record && record.learning ? record.learning.complete : true;
  return [
    ...(isKnown && bank ? judgeAnswers(of, { exam, items: itemsById(bank) }) : []),
    ...mustHave(marks === sumOfMarks(record.answers.map((answer) => answer.marks)), () => ({
      code: 'marks-other',
      detail: `${marks} is not the sum of its answers`,
    })),
    ...mustHave(limits, () =>
      unlessBefore(
        of,
        'limits-other',
        'exam-before',
        `${passMarks} of ${fullMarks}, and the exam has ${exam.passMarks} of ${fullMarksOf(exam)}`,
      ),
    ),
    ...mustHave(passed === (marks >= passMarks && studied), () => ({
      code: 'passed-other',
      detail: `${passed ? 'passed' : 'not passed'} with ${marks} of ${passMarks}`,
    })),
  ];
}

function judgeAnswers(
  { record }: Case,
  { exam, items }: { readonly exam: Paper['exam']; readonly items: ReadonlyMap<ItemId, Item> },
): readonly Finding[] {
  const answers = record.answers.filter(({ itemId }) => items.has(itemId));
  const itemOf = (id: ItemId): Item => items.get(id) as Item;
  const given = new Map<ItemId, Given>(answers.map((answer) => [answer.itemId, answer]));
  const impossible = answers.find((answer) => !isWellGiven(answer, itemOf(answer.itemId)));
  const drawn = record.answers.map(({ itemId }, at) => ({ itemId, options: [], marks: marksAt(exam, at) }));
  const marked = markForm(
    drawn.filter(({ itemId }) => items.has(itemId)),
    (id) => given.get(id) ?? NOTHING,
    itemOf,
    exam.blueprint.scoring,
  );
  const wrong = marked.items.find(({ marks }, at) => marks !== answers[at]?.marks);
  return [
    ...mustHave(!impossible, () => ({
      code: 'answer-other',
      detail: `${impossible?.itemId} has no such options, gaps or premises`,
    })),
    ...mustHave(!wrong, () => ({
      code: 'marks-other',
      detail: `the answer to ${wrong?.itemId} is worth ${wrong?.marks}`,
    })),
  ];
}

/** Whether a page could have sent it for this item. */
const isWellGiven = (given: Given, item: Item): boolean =>
  isPossible(given, item) && new Set(given.chosen).size === given.chosen.length;
