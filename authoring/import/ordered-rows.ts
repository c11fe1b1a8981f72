import type { Item } from '../../contract/words/items.ts';
import { cellOf, type Outcome, type Question } from './outcome.ts';
import { PART_OF, type Repair, type RowReason, type Why } from './problems.ts';

import type { Place } from './source.ts';
import type { WrittenRow } from './written-row.ts';

/** A row in its place among all of a file, with all that is known of it. */
export type OrderedRow = Place & {
  /** Why it is no item; nothing where it is one. */
  readonly problem: ({ readonly reason: RowReason } & Why) | undefined;
  readonly repairs: readonly Repair[];
  readonly leftOut: readonly string[];
  /** The item, and what it asks and calls right; of questions that are the same, the first alone has them. */
  readonly asked: { readonly item: Item; readonly question: string; readonly answer: string } | undefined;
  /** Which row of this list asked the same before. */
  readonly sameAs: number | undefined;
  /** Of one that is no item what stands there, where its source can tell. */
  readonly written: WrittenRow | undefined;
};

export function orderedRows(
  outcomes: readonly Outcome[],
  questions: ReadonlyMap<string, Question>,
): readonly OrderedRow[] {
  const firsts = new Map<string, number>();
  return outcomes.map(({ sheet, row, columns, question, reason: read, why, repairs, leftOut, written }, at) => {
    const asked = questions.get(question);
    const reason = read ?? (asked?.contradicted ? 'key-contradicted' : undefined);
    if (reason) {
      const problem = { reason, ...cellOf(columns, PART_OF[reason], row), ...why };
      const none = { repairs: [], leftOut: [], asked: undefined, sameAs: undefined };
      return { sheet, row, problem, ...none, written: written?.() };
    }
    const sameAs = firsts.get(question);
    if (sameAs === undefined) firsts.set(question, at);
    const { item, answer = '' } = asked ?? {};
    const own = sameAs === undefined && item ? { item, question, answer } : undefined;
    return { sheet, row, problem: undefined, repairs, leftOut, asked: own, sameAs, written: undefined };
  });
}
