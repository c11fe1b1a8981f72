import { sumOfMarks } from '../../contract/blueprint.ts';
import type { ItemId, OptionId } from '../../contract/ids.ts';
import type { DrawnItem } from './assemble.ts';

export type MarkedItem = { readonly itemId: ItemId; readonly chosen: readonly OptionId[]; readonly marks: number };

/** All or nothing: an item's marks for exactly the key, none otherwise. */
export function markForm(
  items: readonly DrawnItem[],
  chosenOf: (item: ItemId) => readonly OptionId[],
  keyOf: (item: ItemId) => readonly OptionId[],
): { readonly marks: number; readonly items: readonly MarkedItem[] } {
  const marked = items.map(({ itemId, marks }) => {
    const chosen = chosenOf(itemId);
    return { itemId, chosen, marks: sameSet(chosen, keyOf(itemId)) ? marks : 0 };
  });
  return { marks: sumOfMarks(marked.map((item) => item.marks)), items: marked };
}

const sameSet = (p: readonly OptionId[], q: readonly OptionId[]): boolean => {
  const [chosen, key] = [new Set(p), new Set(q)];
  return chosen.size === key.size && chosen.isSubsetOf(key);
};
