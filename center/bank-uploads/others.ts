import { answerKey, questionKey } from '../../authoring/import/index.ts';
import type { Bank } from '../../contract/words/items.ts';

/** A row whose question a bank has as well: its place in the file, and whether both call the same right. */
export type Found = { readonly at: number; readonly sameKey: boolean };

type Asking = { readonly asked: { readonly question: string; readonly answer: string } | undefined };

/** Which of these rows ask what a bank asks. */
export function foundIn(rows: readonly Asking[], { items }: Pick<Bank, 'items'>): readonly Found[] {
  const answers = new Map(items.map((item) => [questionKey(item), answerKey(item)]));
  return rows.flatMap(({ asked }, at) => {
    const answer = asked && answers.get(asked.question);
    return answer === undefined ? [] : [{ at, sameKey: answer === asked?.answer }];
  });
}
