import type { Blueprint } from '../../contract/words/blueprint.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { pilesOf } from './piles.ts';
import type { Draws } from './random.ts';

export type PlainItem = { readonly item: Item; readonly marks: number };

/**
 * Drawing as most exam programs do it: for each row so many items of its cell at random, none twice. It knows no enemies, no
 * difficulty and no turns, and where rows overlap a form may come out too short; forms are measured against it.
 */
export function openPlainDraw(bank: Bank, blueprint: Blueprint): (draws: Draws) => readonly PlainItem[] {
  const piles = new Map(pilesOf(bank, blueprint).flatMap(({ rows, items }) => rows.map((row) => [row, items])));
  return (draws) => {
    const taken = new Set<number>();
    return blueprint.rows.flatMap(({ count, marks }, row) => {
      const pile = piles.get(row) ?? [];
      const left = pile.reduce((sum, at) => sum + (taken.has(at) ? 0 : 1), 0);
      // Who draws without looking ahead may find that rows before have taken what this one needs.
      return Array.from({ length: Math.min(count, left) }, () => {
        for (;;) {
          const at = pile[draws.below(pile.length)] as number;
          if (taken.has(at)) continue;
          taken.add(at);
          return { item: bank.items[at] as Item, marks };
        }
      });
    });
  };
}
