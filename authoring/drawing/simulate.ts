import { type Blueprint, describeCell, difficultyOf, isIn } from '../../contract/words/blueprint.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { openFormMaker } from './assemble.ts';
import type { Solver } from './difficulty.ts';
import { PARTS } from './part.ts';
import { pilesOf } from './piles.ts';
import { openPlainDraw } from './plain-draw.ts';
import { drawsFrom } from './random.ts';
import type { Turn } from './rotation.ts';
import { seedOf } from './rotation.ts';

/** How often the items of one cell came up in so many forms. Items that several cells share count in each. */
export type Exposure = {
  /** Of the blueprint, from 1. */
  readonly rows: readonly number[];
  readonly cell: string;
  readonly items: number;
  readonly mean: number;
  readonly max: number;
  readonly min: number;
  readonly maxToMean: number;
  /** Items that no form had. */
  readonly unused: number;
};

/** The part of a form that the form after it had too: what two neighbours can whisper to each other. */
export type Overlap = { readonly mean: number; readonly max: number };

export type Drawing = {
  readonly exposure: readonly Exposure[];
  readonly overlap: Overlap;
  /** Forms that broke a row, an enmity or the difficulty. */
  readonly violations: number;
  readonly msPerForm: { readonly median: number; readonly p99: number };
  /** How often each item came up, most first. */
  readonly counts: readonly number[];
};

export type Simulation = {
  readonly forms: number;
  readonly items: number;
  /** Forms of one series, as a station draws them. */
  readonly rotation: Drawing;
  /** Each form at random by itself: see {@link openPlainDraw}. */
  readonly random: Drawing;
};

/**
 * Draws so many forms both ways and counts.
 * @throws Refusal as {@link import('./assemble.ts').FormMaker}
 */
export function simulate(
  bank: Bank,
  blueprint: Blueprint,
  { forms, seed, solver }: { readonly forms: number; readonly seed: string; readonly solver?: Solver },
): Simulation {
  const maker = openFormMaker(bank, blueprint, solver);
  // Where a blueprint says how much neighbours may share, each form is one of four seats' in turn.
  const apart = blueprint.rules?.maxOverlap !== undefined;
  const turnAt = (serial: number): Turn => {
    const part = apart ? PARTS[serial % PARTS.length] : undefined;
    return { series: seed, serial, ...(part ? { part } : {}) };
  };
  const plain = openPlainDraw(bank, blueprint);
  return {
    forms,
    items: bank.items.length,
    rotation: count(bank, blueprint, forms, (serial) => maker.assemble(seedOf(turnAt(serial))).items),
    random: count(bank, blueprint, forms, (n) =>
      plain(drawsFrom(`${seed}:${n}`)).map(({ item, marks }) => ({ itemId: item.id, marks })),
    ),
  };
}

type Marked = { readonly itemId: ItemId; readonly marks: number };

function count(bank: Bank, blueprint: Blueprint, forms: number, drawAt: (n: number) => readonly Marked[]): Drawing {
  const byId = new Map(bank.items.map((item) => [item.id, item]));
  const counts = new Map<ItemId, number>();
  const [times, shared]: [number[], number[]] = [[], []];
  let [violations, before]: [number, ReadonlySet<ItemId>] = [0, new Set()];
  for (let n = 0; n < forms; n++) {
    const started = performance.now();
    const form = drawAt(n);
    times.push(performance.now() - started);
    if (!meets(form, blueprint, byId)) violations += 1;
    const ids = new Set(form.map(({ itemId }) => itemId));
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    if (n > 0) shared.push(ids.intersection(before).size / ids.size);
    before = ids;
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {
    exposure: pilesOf(bank, blueprint).map(({ cell, items, rows }) =>
      exposureOf(
        { rows: rows.map((row) => row + 1), cell: describeCell(cell) },
        items.map((at) => counts.get((bank.items[at] as Item).id) ?? 0),
      ),
    ),
    overlap: { mean: meanOf(shared), max: shared.reduce((a, b) => Math.max(a, b), 0) },
    violations,
    msPerForm: { median: sorted[Math.floor(forms / 2)] ?? 0, p99: sorted[Math.floor(forms * 0.99)] ?? 0 },
    counts: bank.items.map(({ id }) => counts.get(id) ?? 0).toSorted((a, b) => b - a),
  };
}

function exposureOf(pile: Pick<Exposure, 'rows' | 'cell'>, counts: readonly number[]): Exposure {
  const mean = meanOf(counts);
  const max = counts.reduce((a, b) => Math.max(a, b), 0);
  return {
    ...pile,
    ...{ items: counts.length, mean, max },
    min: counts.reduce((a, b) => Math.min(a, b), max),
    maxToMean: mean > 0 ? max / mean : 0,
    unused: counts.filter((count) => count === 0).length,
  };
}

const meanOf = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

/** Checks a form against its blueprint by looking at it, not by how it was made. */
export function meets(form: readonly Marked[], { rows, rules }: Blueprint, byId: ReadonlyMap<ItemId, Item>): boolean {
  const items = form.map(({ itemId }) => byId.get(itemId));
  const wanted = rows.flatMap((row) => Array.from({ length: row.count }, () => row));
  const enemies = items.flatMap((item) => item?.enemies ?? []);
  const { target, tolerance } = rules?.difficulty ?? { target: 0, tolerance: 1 };
  const mean = meanOf(items.map((item) => (item ? difficultyOf(item) : 0)));
  return (
    items.length === wanted.length &&
    wanted.every((row, at) => items[at] && isIn(row, items[at]) && form[at]?.marks === row.marks) &&
    new Set(items).size === items.length &&
    new Set(enemies).size === enemies.length &&
    Math.abs(mean - target) <= tolerance + 1e-9
  );
}
