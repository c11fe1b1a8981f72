import { z } from 'zod';
import { type DrawnItem, openFormMaker, openSolver, withoutKey } from '../../authoring/drawing/index.ts';
import { markForm, marksByTopic } from '../../authoring/marking/index.ts';
import type { MockMistake, OverMock } from '../../contract/home/home-api.ts';
import { sumOfMarks } from '../../contract/words/blueprint.ts';
import { AnswerState, type FormItem, type Given, givenOf } from '../../contract/words/form.ts';
import { type ItemId, OptionId } from '../../contract/words/ids.ts';
import { type Bank, Item } from '../../contract/words/items.ts';
import { Localized } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { TopicMarks } from '../../contract/words/topic-marks.ts';
import type { HomeMockExam } from './at-home.ts';
import { toldOf } from './keys.ts';

/** A paper as it was drawn, with all that marks it: what becomes of the bank or the exam meanwhile changes nothing. */
export const MockPaper = z
  .object({
    title: Localized,
    passMarks: z.number(),
    scoring: z.enum(['all-or-nothing', 'subset']).optional(),
    items: z
      .array(z.object({ item: Item, options: z.array(OptionId).readonly(), marks: z.number() }).readonly())
      .readonly(),
  })
  .readonly();
export type MockPaper = z.infer<typeof MockPaper>;

export const MockAnswers = z.array(AnswerState).readonly();
export type MockAnswers = z.infer<typeof MockAnswers>;

export const MockResult = z
  .object({
    cause: z.enum(['handed-in', 'time-up']),
    marks: z.number(),
    fullMarks: z.number(),
    passed: z.boolean(),
    topics: z.array(TopicMarks).readonly(),
  })
  .readonly();
export type MockResult = z.infer<typeof MockResult>;

/**
 * Draws a paper as a station does: forms of one series take turns at the items.
 * @throws Refusal `bank-too-small`, `difficulty-unreachable`
 */
export async function drawPaper(exam: HomeMockExam, bank: Bank, seed: string): Promise<MockPaper> {
  const { title, passMarks, blueprint } = exam;
  const items = new Map(bank.items.map((item) => [item.id, item]));
  const drawn = (await assemble(exam, bank, seed)).flatMap(({ itemId, options, marks }) => {
    const item = items.get(itemId);
    return item ? [{ item, options, marks }] : [];
  });
  return { title, passMarks, ...(blueprint.scoring ? { scoring: blueprint.scoring } : {}), items: drawn };
}

async function assemble({ blueprint }: HomeMockExam, bank: Bank, seed: string): Promise<readonly DrawnItem[]> {
  try {
    return openFormMaker(bank, blueprint).assemble(seed).items;
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'difficulty-unreachable') throw error;
    return openFormMaker(bank, blueprint, await openSolver()).assemble(seed).items;
  }
}

export const itemsOf = ({ items }: MockPaper): readonly FormItem[] =>
  items.map(({ item, ...how }) => withoutKey(item, how));

const BLANK: Given = { chosen: [] };
const givenIn = (answers: MockAnswers, itemId: ItemId): Given => {
  const answer = answers.find((one) => one.itemId === itemId);
  return answer ? givenOf(answer) : BLANK;
};

const drawnOf = ({ items }: MockPaper): readonly DrawnItem[] =>
  items.map(({ item, options, marks }) => ({ itemId: item.id, options, marks }));

/** What a paper came to; topics with the least of their marks first. */
export function markPaper(paper: MockPaper, answers: MockAnswers, cause: MockResult['cause']): MockResult {
  const byId = new Map(paper.items.map(({ item }) => [item.id, item]));
  const itemOf = (id: ItemId): Item => byId.get(id) as Item;
  const drawn = drawnOf(paper);
  const marked = markForm(drawn, (id) => givenIn(answers, id), itemOf, paper.scoring);
  const share = ({ marks, fullMarks }: TopicMarks): number => (fullMarks > 0 ? marks / fullMarks : 1);
  return {
    ...{ cause, marks: marked.marks, passed: marked.marks >= paper.passMarks },
    fullMarks: sumOfMarks(paper.items.map(({ marks }) => marks)),
    topics: marksByTopic(drawn, marked.items, itemOf).toSorted((a, b) => share(a) - share(b)),
  };
}

/** What was not right, in the order of the paper. */
export function mistakesOf(paper: MockPaper, answers: MockAnswers, withKeys: boolean): OverMock['mistakes'] {
  return paper.items.flatMap(({ item, options, marks }, at): MockMistake[] => {
    const given = givenIn(answers, item.id);
    const { right, key } = toldOf(item, given, withKeys);
    if (right) return [];
    return [{ number: at + 1, item: withoutKey(item, { options, marks }), given, ...(key ? { key } : {}) }];
  });
}

/** An answer in the place of an older one; one that is older than what is there changes nothing. */
export function withAnswer(answers: MockAnswers, next: Omit<AnswerState, 'flagged'>): MockAnswers {
  const before = answers.find(({ itemId }) => itemId === next.itemId);
  if (before && before.revision >= next.revision) return answers;
  return [...answers.filter((one) => one !== before), { ...next, flagged: before?.flagged ?? false }];
}

export function withFlag(answers: MockAnswers, itemId: ItemId, flagged: boolean): MockAnswers {
  const before = answers.find((one) => one.itemId === itemId) ?? { itemId, chosen: [], revision: 0 };
  return [...answers.filter((one) => one.itemId !== itemId), { ...before, flagged }];
}
