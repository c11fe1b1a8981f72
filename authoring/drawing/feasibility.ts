import { type Blueprint, describeCell } from '../../contract/words/blueprint.ts';
import type { Bank } from '../../contract/words/items.ts';
import { assign } from './assign.ts';
import { type Pile, pilesOf, placeIn } from './piles.ts';

/** What a blueprint asks for and a bank has not got. */
export type Lack = {
  /** Of the blueprint, from 1. */
  readonly rows: readonly number[];
  /** In words; several where rows that overlap ask for too much together. */
  readonly cells: readonly string[];
  readonly missing: number;
  readonly why: 'items' | 'overlapping-rows' | 'exposure';
};

/**
 * Whether every candidate can get a form, and if not, which cells lack items and how many: first what each lacks by itself,
 * then what they lack together (rows that share items, enemies), then what the exposure cap asks for.
 */
export function findLacks(bank: Bank, blueprint: Blueprint): readonly Lack[] {
  const piles = pilesOf(bank, blueprint);
  const alone = piles.flatMap((pile) => lackOf(pile, pile.share, 'items'));
  if (alone.length > 0) return alone;
  const together = lackTogether(bank, blueprint, piles);
  if (together) return [together];
  const cap = blueprint.rules?.maxExposure ?? 1;
  return piles.flatMap((pile) => lackOf(pile, Math.ceil(pile.share / cap - 1e-9), 'exposure'));
}

function lackOf({ cell, items, rows }: Pile, needed: number, why: Lack['why']): readonly Lack[] {
  const missing = needed - items.length;
  return missing > 0 ? [{ rows: numbered(rows), cells: [describeCell(cell)], missing, why }] : [];
}

function lackTogether(bank: Bank, { rows }: Blueprint, piles: readonly Pile[]): Lack | undefined {
  const demands = rows.map(({ count }, row) => ({ count, wanted: pileOf(piles, row).items }));
  const found = assign(demands, placeIn(bank));
  if (found.ok) return undefined;
  const cells = [...new Set(found.rows.map((row) => describeCell(pileOf(piles, row).cell)))];
  return { rows: numbered(found.rows), cells, missing: found.missing, why: 'overlapping-rows' };
}

export const pileOf = (piles: readonly Pile[], row: number): Pile =>
  piles.find(({ rows }) => rows.includes(row)) as Pile;

const numbered = (rows: readonly number[]): readonly number[] => rows.map((row) => row + 1);

/** One line for a refusal. */
export const describeLack = ({ rows, cells, missing, why }: Lack): string =>
  `${missing} more items are needed for row${rows.length > 1 ? 's' : ''} ${rows.join(', ')} (${cells.join(' / ')}; ${why})`;
