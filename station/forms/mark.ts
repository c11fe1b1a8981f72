import { type Scoring, sumOfMarks } from '../../contract/blueprint.ts';
import type { ItemId, OptionId } from '../../contract/ids.ts';
import type { Item } from '../../contract/items.ts';
import type { TopicMarks } from '../../contract/view.ts';
import type { DrawnItem } from './assemble.ts';

export type MarkedItem = { readonly itemId: ItemId; readonly chosen: readonly OptionId[]; readonly marks: number };
export type MarkedForm = { readonly marks: number; readonly items: readonly MarkedItem[] };

/**
 * Marks a form. All or nothing: an item's marks for exactly the key, none otherwise. `subset`: of a multiple-choice item
 * with only some of the right options, that part of its marks, to the hundredth; one wrong option, and there are none.
 */
export function markForm(
  items: readonly DrawnItem[],
  chosenOf: (item: ItemId) => readonly OptionId[],
  keyOf: (item: ItemId) => readonly OptionId[],
  scoring: Scoring = 'all-or-nothing',
): MarkedForm {
  const marked = items.map(({ itemId, marks }) => {
    const chosen = chosenOf(itemId);
    return { itemId, chosen, marks: marksFor(new Set(chosen), new Set(keyOf(itemId)), marks, scoring) };
  });
  return { marks: sumOfMarks(marked.map((item) => item.marks)), items: marked };
}

function marksFor(chosen: ReadonlySet<OptionId>, key: ReadonlySet<OptionId>, full: number, scoring: Scoring): number {
  if (!chosen.isSubsetOf(key)) return 0;
  if (chosen.size === key.size) return full;
  return scoring === 'subset' ? Math.floor((chosen.size / key.size) * full * 100 + 1e-9) / 100 : 0;
}

/** Whether exactly the right options were chosen. */
export const isRight = (chosen: readonly OptionId[], key: readonly OptionId[]): boolean => {
  const [p, q] = [new Set(chosen), new Set(key)];
  return p.size === q.size && p.isSubsetOf(q);
};

/** What a marked form says of each field, in the order in which the form came to it: the widest part of the topics. */
export function marksByTopic(
  drawn: readonly DrawnItem[],
  marked: readonly MarkedItem[],
  itemOf: (item: ItemId) => Pick<Item, 'topic'>,
): readonly TopicMarks[] {
  const all = marked.map(({ itemId, chosen, marks }, at) => {
    const [field = ''] = itemOf(itemId).topic.split('/');
    const full = drawn[at]?.marks ?? 0;
    const state = chosen.length === 0 ? 'blank' : marks === full ? 'right' : marks > 0 ? 'part' : 'wrong';
    return { field, full, marks, state } as const;
  });
  return [...Map.groupBy(all, ({ field }) => field)].map(([field, of]) => {
    const count = (state: (typeof of)[number]['state']): number => of.filter((one) => one.state === state).length;
    return {
      ...{ field, items: of.length, right: count('right'), part: count('part'), wrong: count('wrong') },
      blank: count('blank'),
      marks: sumOfMarks(of.map(({ marks }) => marks)),
      fullMarks: sumOfMarks(of.map(({ full }) => full)),
    };
  });
}
