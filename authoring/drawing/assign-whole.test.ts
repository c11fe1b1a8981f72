import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blueprint } from '../../contract/words/blueprint.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { makeBank, makeItem } from '../../proof/index.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { openFormMaker } from './assemble.ts';
import { assign, type Demand } from './assign.ts';
import { assignWhole } from './assign-whole.ts';
import type { Solver } from './difficulty.ts';
import { seedOf } from './rotation.ts';
import { openSolver } from './solver.ts';

/** Items 0 to 11: which case each is of, if any, and which enemies it has. */
const rooms = fc.record({
  cases: fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: 12, maxLength: 12 }),
  enemies: fc.array(fc.option(fc.constantFrom('x', 'y'), { nil: undefined, freq: 3 }), {
    minLength: 12,
    maxLength: 12,
  }),
  demands: fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      wanted: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

function roomOf({
  cases,
  enemies,
}: {
  cases: readonly (number | undefined)[];
  enemies: readonly (string | undefined)[];
}) {
  const all = Map.groupBy(cases.keys(), (item) => cases[item] ?? `alone ${item}`);
  return {
    place: (item: number) => enemies[item] ?? item,
    caseOf: (item: number) => all.get(cases[item] ?? `alone ${item}`) as readonly number[],
  };
}

/** Whether any set of cases can be in a form, tried one by one: these and no others, with all who stand alone. */
function isPossible(demands: readonly Demand[], { place, caseOf }: ReturnType<typeof roomOf>): boolean {
  const cases = [...new Set(Array.from({ length: 12 }, (_, item) => caseOf(item)))].filter((all) => all.length > 1);
  const total = demands.reduce((sum, { count }) => sum + count, 0);
  return Array.from({ length: 2 ** cases.length }, (_, set) => cases.filter((__, at) => (set >> at) & 1)).some(
    (taken) => {
      const inside = taken.flat();
      if (new Set(inside.map(place)).size < inside.length) return false;
      const rowOf = (item: number) => demands.flatMap(({ wanted }, row) => (wanted.includes(item) ? [row] : []));
      const slots = (row: number) => Array.from({ length: demands[row]?.count ?? 0 }, (_, n) => row * 100 + n);
      // Each question of a case has a seat, and each seat a question: both at once, as both can be by themselves.
      const seated = assign(
        inside.map((item) => ({ count: 1, wanted: rowOf(item).flatMap(slots) })),
        (slot) => slot,
      );
      const free = (item: number) => caseOf(item).length === 1 && !inside.some((one) => place(one) === place(item));
      const filled = assign(
        demands.map(({ count, wanted }) => ({
          count,
          wanted: wanted.filter((one) => inside.includes(one) || free(one)),
        })),
        place,
      );
      return seated.ok && filled.ok && inside.length <= total;
    },
  );
}

describe('an assignment of whole cases', () => {
  it('is found exactly where there is one, and has all of a case or nothing', () => {
    fc.assert(
      fc.property(rooms, ({ demands, ...traits }) => {
        const room = roomOf(traits);
        const rows = assignWhole(demands, room.place, room.caseOf);
        expect(rows !== undefined).toBe(isPossible(demands, room));
        if (!rows) return;
        expect(rows.map((items) => items.length)).toEqual(demands.map(({ count }) => count));
        for (const [row, items] of rows.entries())
          for (const item of items) expect(demands[row]?.wanted).toContain(item);
        const taken = rows.flat();
        expect(new Set(taken.map(room.place)).size).toBe(taken.length);
        for (const item of taken) expect(taken).toEqual(expect.arrayContaining([...room.caseOf(item)]));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is that of single items where there are no cases', () => {
    fc.assert(
      fc.property(rooms, ({ demands, enemies }) => {
        const room = roomOf({ cases: Array<undefined>(12).fill(undefined), enemies });
        expect(assignWhole(demands, room.place, room.caseOf) !== undefined).toBe(assign(demands, room.place).ok);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds the sizes that add up, and gives up where none do', () => {
    const sized = (sizes: readonly number[], count: number) => {
      const cases = sizes.map((size, at) => Array.from({ length: size }, (_, n) => at * 100 + n));
      const caseOf = (item: number) => cases[Math.floor(item / 100)] as readonly number[];
      return assignWhole([{ count, wanted: cases.flat() }], (item) => item, caseOf)?.map((items) => items.length);
    };
    expect(sized([4, 4, 4, 3, 3, 5], 11)).toEqual([11]);
    expect(sized(Array<number>(60).fill(4), 98)).toBeUndefined();
    expect(sized([...Array<number>(60).fill(4), 6], 98)).toEqual([98]);
  });
});

describe('a form of whole cases', () => {
  const kinds = ['single', 'multiple'] as const;
  const item = (n: number, kind: (typeof kinds)[number], story?: string): Item =>
    makeItem({
      ...{
        kind,
        stem: { zh: `第 ${n} 问` },
        options: [{ zh: '甲' }, { zh: '乙' }],
        topic: '',
        difficulty: (n % 5) / 5,
      },
      ...{ key: kind === 'single' ? [0] : [0, 1], ...(story ? { passage: { text: { zh: story } } } : {}) },
    });
  /** Thirty cases of three questions of both kinds, and as many questions without. */
  const bank: Bank = makeBank(
    { zh: '案例' },
    Array.from({ length: 180 }, (_, n) =>
      item(n, kinds[n % 2] ?? 'single', n < 90 ? `案例 ${Math.floor(n / 3)}` : undefined),
    ),
  );
  const rows = [
    { kind: 'single' as const, count: 11, marks: 1 },
    { kind: 'multiple' as const, count: 7, marks: 2 },
  ];
  const storyOf = new Map(bank.items.map(({ id, passage }) => [id, passage?.text?.zh]));
  const halves = (drawn: readonly { readonly itemId: Item['id'] }[]): number =>
    [...Map.groupBy(drawn, ({ itemId }) => storyOf.get(itemId))].filter(
      ([story, all]) =>
        story !== undefined && all.length !== bank.items.filter(({ id }) => storyOf.get(id) === story).length,
    ).length;
  const formsOf = (rules: Blueprint['rules'], parts: readonly string[] = [''], solver?: Solver) => {
    const maker = openFormMaker(bank, Blueprint.parse({ rows, ...(rules ? { rules } : {}) }), solver);
    return Array.from({ length: 60 }, (_, serial) => {
      const part = parts[serial % parts.length];
      return maker.assemble(`${seedOf({ series: 's', serial })}${part}`).items;
    });
  };

  it('has no half of one, and without the rule many have', () => {
    const [whole, any] = [formsOf({ wholeCases: true }), formsOf(undefined)];
    expect(whole.map(halves)).toEqual(whole.map(() => 0));
    expect(any.some((form) => halves(form) > 0)).toBe(true);
    for (const form of whole) expect(form).toHaveLength(18);
    // What is about a case comes up nearly as often as what stands alone.
    const ofCases = whole.flat().filter(({ itemId }) => storyOf.get(itemId) !== undefined).length;
    expect(ofCases / whole.flat().length).toBeGreaterThan(0.35);
    expect(ofCases / whole.flat().length).toBeLessThan(0.5);
  });

  it('has none either where a difficulty is to be met, or neighbours are kept apart', async () => {
    const rule = { target: 0.45, tolerance: 0.01 };
    const hard = formsOf({ wholeCases: true, difficulty: rule }, [''], await openSolver());
    expect(hard.map(halves)).toEqual(hard.map(() => 0));
    const difficultyOf = new Map(bank.items.map(({ id, difficulty = 0 }) => [id, difficulty]));
    for (const form of hard) {
      const sum = form.reduce((total, { itemId }) => total + (difficultyOf.get(itemId) ?? 0), 0);
      expect(Math.abs(sum / form.length - rule.target)).toBeLessThanOrEqual(rule.tolerance + 1e-9);
    }
    const apart = formsOf({ wholeCases: true, maxOverlap: 0.4 }, [':0of4', ':1of4', ':2of4', ':3of4']);
    expect(apart.map(halves)).toEqual(apart.map(() => 0));
  });

  it('is none where sizes do not add up, and says so', () => {
    const three = Array.from({ length: 90 }, (_, n) => item(n, 'single', `案例 ${n % 30}`));
    const cases = makeBank({ zh: '案例' }, three);
    const odd = Blueprint.parse({ rows: [{ kind: 'single', count: 7, marks: 1 }], rules: { wholeCases: true } });
    expect(reasonOf(() => openFormMaker(cases, odd).assemble('s'))).toBe('bank-too-small');
    const even = { ...odd, rows: odd.rows.map((row) => ({ ...row, count: 9 })) };
    expect(openFormMaker(cases, even).assemble('s').items).toHaveLength(9);
    expect(openFormMaker(cases, { rows: odd.rows }).assemble('s').items).toHaveLength(7);
  });
});
