import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Blueprint, difficultyOf, isIn } from '../../contract/words/blueprint.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import type { Refusal } from '../../contract/words/reasons.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { drawForm, openFormMaker } from './assemble.ts';
import type { Solver } from './difficulty.ts';
import { findLacks } from './feasibility.ts';
import { isOfPart, PARTS, type Part, partOfSeat } from './part.ts';
import { commitmentTo, seedOf, turnOf } from './rotation.ts';
import { openSolver } from './solver.ts';

const TOPICS = ['电', '电/触电', '电/静电', '火', '火/灭火'] as const;
type Traits = Pick<Item, 'topic' | 'difficulty' | 'enemies' | 'industry'>;
const single = (n: number, traits: Traits): Item =>
  makeItem({ kind: 'single', stem: { zh: `第 ${n} 题` }, options: [{ zh: '甲' }, { zh: '乙' }], key: [0], ...traits });
const bankOf = (traits: readonly Traits[]): Bank =>
  makeBank(
    { zh: '题库' },
    traits.map((one, n) => single(n, one)),
  );

const someTraits: fc.Arbitrary<Traits> = fc.record({
  topic: fc.constantFrom(...TOPICS),
  difficulty: fc.integer({ min: 0, max: 4 }).map((step) => step / 4),
  enemies: fc.constantFrom(undefined, undefined, '甲', '乙'),
  industry: fc.constantFrom(undefined, '冶金'),
});
const banks = fc.array(someTraits, { minLength: 4, maxLength: 24 }).map(bankOf);
const rows = fc.array(
  fc.record(
    {
      kind: fc.constant('single' as const),
      count: fc.integer({ min: 1, max: 4 }),
      marks: fc.constant(1),
      topic: fc.constantFrom('电', '电/触电', '火'),
      industry: fc.constant('冶金'),
      difficulty: fc.constantFrom({ from: 0, to: 0.5 }, { from: 0.5, to: 1 }),
    },
    { requiredKeys: ['kind', 'count', 'marks'] },
  ),
  { minLength: 1, maxLength: 4 },
);
const itemsOf = (bank: Bank, ids: readonly { readonly itemId: ItemId }[]): Item[] =>
  ids.map(({ itemId }) => bank.items.find(({ id }) => id === itemId) as Item);

describe('a form of any blueprint', () => {
  it('is drawn exactly where nothing lacks, and meets every row and keeps enemies apart', () => {
    fc.assert(
      fc.property(banks, rows, fc.string(), (bank, table, seed) => {
        const blueprint = Blueprint.parse({ rows: table });
        const possible = findLacks(bank, blueprint).length === 0;
        expect(reasonOf(() => drawForm(bank, blueprint, seed))).toBe(possible ? 'ok' : 'bank-too-small');
        if (!possible) return;
        const drawn = itemsOf(bank, drawForm(bank, blueprint, seed).items);
        let at = 0;
        for (const row of blueprint.rows)
          for (let n = 0; n < row.count; n++) expect(isIn(row, drawn[at++] as Item)).toBe(true);
        expect(new Set(drawn.map(({ id }) => id)).size).toBe(at);
        const enemies = drawn.flatMap((item) => item.enemies ?? []);
        expect(new Set(enemies).size).toBe(enemies.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a bank lacks', () => {
  const bank = bankOf([
    { topic: '电/触电' },
    { topic: '电/触电', enemies: '甲' },
    { topic: '电/静电', enemies: '甲' },
    { topic: '火' },
  ]);
  const row = { kind: 'single' as const, marks: 1 };

  it('is told cell by cell, with how many', () => {
    const table = [
      { ...row, count: 3, topic: '火' },
      { ...row, count: 2, topic: '电' },
    ];
    expect(findLacks(bank, { rows: table })).toEqual([{ rows: [1], cells: ['single · 火'], missing: 2, why: 'items' }]);
  });

  it('is told of rows that have enough each and too little together, enemies among them', () => {
    const table = [
      { ...row, count: 2, topic: '电/触电' },
      { ...row, count: 1, topic: '电' },
    ];
    const [lack] = findLacks(bank, { rows: table });
    expect(lack).toEqual({
      rows: [1, 2],
      cells: ['single · 电/触电', 'single · 电'],
      missing: 1,
      why: 'overlapping-rows',
    });
  });

  it('is told where too few items would have to come up too often', () => {
    const blueprint = Blueprint.parse({ rows: [{ ...row, count: 1 }], rules: { maxExposure: 0.2 } });
    expect(findLacks(bank, blueprint)).toEqual([{ rows: [1], cells: ['single'], missing: 1, why: 'exposure' }]);
  });
});

describe('a target difficulty', () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = await openSolver();
  });
  /** The means that forms of these items can have. */
  const reachable = (bank: Bank, count: number): Set<number> => {
    const sums = Array.from({ length: count + 1 }, () => new Set<number>());
    sums[0]?.add(0);
    for (const item of bank.items)
      for (let n = count - 1; n >= 0; n--) for (const sum of sums[n] ?? []) sums[n + 1]?.add(sum + difficultyOf(item));
    return sums[count] ?? new Set();
  };

  it('is met exactly where it can be met', () => {
    const plain = fc
      .array(someTraits, { minLength: 5, maxLength: 12 })
      .map((all) => all.map(({ enemies: _, ...rest }) => rest));
    fc.assert(
      fc.property(plain.map(bankOf), fc.integer({ min: 0, max: 8 }), fc.string(), (bank, eighths, seed) => {
        const [count, target, tolerance] = [4, eighths / 8, 0.01];
        const blueprint = Blueprint.parse({
          rows: [{ kind: 'single', count, marks: 1 }],
          rules: { difficulty: { target, tolerance } },
        });
        const possible = [...reachable(bank, count)].some((sum) => Math.abs(sum / count - target) <= tolerance);
        const maker = openFormMaker(bank, blueprint, solver);
        expect(reasonOf(() => maker.assemble(seed))).toBe(possible ? 'ok' : 'difficulty-unreachable');
        if (!possible) return;
        const drawn = itemsOf(bank, maker.assemble(seed).items);
        const mean = drawn.reduce((sum, item) => sum + difficultyOf(item), 0) / count;
        expect(Math.abs(mean - target)).toBeLessThanOrEqual(tolerance + 1e-9);
        expect(new Set(drawn).size).toBe(count);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves enemies apart and rows met when items are exchanged for it', () => {
    const bank = bankOf([
      ...Array.from({ length: 30 }, (_, n) => ({ topic: '火', difficulty: n < 24 ? 0.1 : 0.9, enemies: `e${n % 15}` })),
      ...Array.from({ length: 30 }, (_, n) => ({ topic: '电', difficulty: (n % 10) / 10 })),
    ]);
    const blueprint = Blueprint.parse({
      rows: [
        { kind: 'single', count: 8, marks: 1, topic: '火' },
        { kind: 'single', count: 8, marks: 1, topic: '电' },
      ],
      rules: { difficulty: { target: 0.6, tolerance: 0.02 } },
    });
    const maker = openFormMaker(bank, blueprint, solver);
    for (let n = 0; n < 30; n++) {
      const drawn = itemsOf(bank, maker.assemble(`s/${n}`).items);
      expect(drawn.map(({ topic }) => topic)).toEqual([...Array(8).fill('火'), ...Array(8).fill('电')]);
      const enemies = drawn.flatMap((item) => item.enemies ?? []);
      expect(new Set(enemies).size).toBe(enemies.length);
      expect(Math.abs(drawn.reduce((sum, item) => sum + difficultyOf(item), 0) / 16 - 0.6)).toBeLessThanOrEqual(
        0.02 + 1e-9,
      );
    }
  });
});

describe('parts of a bank', () => {
  const blueprint = Blueprint.parse({
    rows: [
      { kind: 'single', count: 6, marks: 1, topic: '火' },
      { kind: 'single', count: 6, marks: 1 },
    ],
    rules: { maxOverlap: 0.25 },
  });
  const seat = (row: number, column: number) => partOfSeat(SeatLabel.parse(`${row}-${column}`));
  const drawnAt = (bank: Bank, part: Part, series: string, serial: number) =>
    openFormMaker(bank, blueprint)
      .assemble(seedOf({ series, serial, part }))
      .items.map(({ itemId }) => itemId);

  it('are four, and none of the eight seats around one has the same', () => {
    for (const [row, column] of [
      [1, 1],
      [2, 3],
      [7, 12],
      [30, 30],
    ] as const) {
      const around = [-1, 0, 1].flatMap((r) => [-1, 0, 1].map((c) => [row + 1 + r, column + 1 + c] as const));
      const others = around.filter(([r, c]) => r !== row + 1 || c !== column + 1);
      expect(others.map(([r, c]) => seat(r, c).at)).not.toContain(seat(row + 1, column + 1).at);
    }
  });

  it('keep neighbours apart entirely where each has enough, whatever their series', () => {
    const bank = bankOf(Array.from({ length: 240 }, (_, n) => ({ topic: n % 2 ? '火' : '电' })));
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(3), fc.nat(3), (one, other, p, q) => {
        fc.pre(p !== q);
        const mine = new Set(drawnAt(bank, { at: p, of: 4 }, 'a', one));
        expect(mine.size).toBeGreaterThan(0);
        expect(drawnAt(bank, { at: q, of: 4 }, 'b', other).filter((id) => mine.has(id))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('lend to each other no more than the rule lets two neighbours share, and else say so', () => {
    const outcomes = [28, 40, 48, 60].flatMap((size) => {
      const bank = bankOf(Array.from({ length: size }, (_, n) => ({ topic: n % 2 ? '火' : '电' })));
      return PARTS.flatMap((p) =>
        PARTS.filter((q) => p.at < q.at).map((q) => {
          try {
            const mine = new Set(drawnAt(bank, p, 'a', 3));
            return drawnAt(bank, q, 'b', 5).filter((id) => mine.has(id)).length;
          } catch (error) {
            return (error as Refusal).reason;
          }
        }),
      );
    });
    expect(outcomes).toContain('overlap-too-large');
    for (const shared of outcomes.filter((outcome) => typeof outcome === 'number'))
      expect(shared).toBeLessThanOrEqual(3);
    expect(outcomes.some((outcome) => typeof outcome === 'number')).toBe(true);
  });

  it('take turns at their own items: no form of a station repeats one before the others came up', () => {
    const bank = bankOf(Array.from({ length: 240 }, () => ({ topic: '火' })));
    const single = Blueprint.parse({ rows: [{ kind: 'single', count: 6, marks: 1 }], rules: { maxOverlap: 0 } });
    const maker = openFormMaker(bank, single);
    const own = bank.items.filter(({ id }) => isOfPart(id, { at: 1, of: 4 })).length;
    const drawn = Array.from({ length: Math.floor(own / 6) }, (_, serial) =>
      maker.assemble(seedOf({ series: 's', serial, part: { at: 1, of: 4 } })).items.map(({ itemId }) => itemId),
    ).flat();
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('are named by a seed, whose commitment names them too', () => {
    const turn = { series: 'abc', serial: 7, part: { at: 2, of: 4 } };
    expect(turnOf(seedOf(turn))).toEqual(turn);
    expect(commitmentTo(seedOf(turn))).toMatch(/^sha256:[0-9a-f]{64}\/7:2of4$/);
  });
});

describe('the circumstances of a form', () => {
  const bank = bankOf(Array.from({ length: 12 }, () => ({ topic: '火' })));
  const blueprint = Blueprint.parse({ rows: [{ kind: 'single', count: 4, marks: 1 }], rules: { maxOverlap: 0.25 } });
  const maker = openFormMaker(bank, blueprint);
  const ids = (...at: number[]): ReadonlySet<ItemId> => new Set(at.map((one) => bank.items[one]?.id as ItemId));

  it('keep from a candidate what was seen, and are written down with the form', () => {
    const seen = ids(0, 1, 2, 3, 4, 5, 6);
    for (let n = 0; n < 20; n++) {
      const form = maker.assemble(`s/${n}`, { seen });
      expect(form.items.some(({ itemId }) => seen.has(itemId))).toBe(false);
      expect(form.withheld).toEqual([...seen].toSorted());
      expect(maker.assemble(`s/${n}`, { seen: new Set(form.withheld) })).toEqual(form);
    }
  });

  it('that leave too little are refused by name', () => {
    expect(reasonOf(() => maker.assemble('s', { seen: ids(0, 1, 2, 3, 4, 5, 6, 7, 8) }))).toBe('bank-too-small');
  });

  it('keep neighbours apart as far as there are items, and refuse what would be too much alike', () => {
    const shared = (beside: ReadonlySet<ItemId>) =>
      maker.assemble('s', { beside }).items.filter(({ itemId }) => beside.has(itemId)).length;
    expect(shared(ids(0, 1, 2, 3, 4, 5, 6, 7))).toBe(0);
    expect(shared(ids(0, 1, 2, 3, 4, 5, 6, 7, 8))).toBe(1);
    expect(reasonOf(() => shared(ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))).toBe('overlap-too-large');
  });
});
