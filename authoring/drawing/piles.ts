import { type Blueprint, type BlueprintRow, type Cell, cellOf, isIn } from '../../contract/words/blueprint.ts';
import { type Bank, ITEM_KINDS, type Item } from '../../contract/words/items.ts';

/** The items of one cell of a blueprint, as places in the bank, and the rows that draw from it. */
export type Pile = {
  readonly cell: Cell;
  /** Names the cell in a series: rows of one cell take turns together. */
  readonly name: string;
  readonly items: readonly number[];
  /** Rows of the blueprint, by number. */
  readonly rows: readonly number[];
  /** Items that a form takes from here. */
  readonly share: number;
};

/** One pile a cell, in the order in which the blueprint first speaks of it. O(cells x items). */
export function pilesOf(bank: Bank, blueprint: Blueprint): readonly Pile[] {
  const byKind = new Map(ITEM_KINDS.map((kind) => [kind, [] as number[]]));
  for (const [at, { kind }] of bank.items.entries()) byKind.get(kind)?.push(at);
  const rows = blueprint.rows.map((row, at) => ({ row, at, name: nameOf(cellOf(row)) }));
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, same]) => {
    const cell = cellOf((same[0] as (typeof same)[number]).row);
    return {
      ...{ cell, name },
      items: (byKind.get(cell.kind) ?? []).filter((at) => isIn(cell, bank.items[at] as Item)),
      rows: same.map(({ at }) => at),
      share: shareOf(same.map(({ row }) => row)),
    };
  });
}

const shareOf = (rows: readonly BlueprintRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);

/** The same for cells that say the same, in whatever order. */
const nameOf = ({ kind, topic, industry, area, category, difficulty }: Cell): string =>
  JSON.stringify([kind, topic, industry, area, category, difficulty?.from, difficulty?.to]);

/** What an item takes up in a form: itself, or what it shares with its enemies, of whom only one may be there. */
export const placeIn =
  ({ items }: Bank) =>
  (at: number): number | string =>
    (items[at] as Item).enemies ?? at;

/**
 * How much of the time an item should come up in each of its piles: with the burden of the pile that needs it most, and not
 * with that of all of them together. Nothing where no item is in two piles.
 */
export function presenceIn(piles: readonly Pile[]): ((at: number) => number) | undefined {
  const rates = new Map<number, { readonly most: number; readonly sum: number }>();
  for (const { items, share } of piles) {
    const rate = share / Math.max(items.length, 1);
    for (const at of items) {
      const { most, sum } = rates.get(at) ?? { most: 0, sum: 0 };
      rates.set(at, { most: Math.max(most, rate), sum: sum + rate });
    }
  }
  const overlap = piles.reduce((total, { items }) => total + items.length, 0) > rates.size;
  if (!overlap) return undefined;
  return (at) => {
    const { most = 1, sum = 1 } = rates.get(at) ?? {};
    return most / sum;
  };
}
