import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Demand } from './assign.ts';

const own = (item: number): number => item;
/** Up to five rows over a dozen items, often too few. */
const demands: fc.Arbitrary<Demand[]> = fc.array(
  fc.record({ count: fc.integer({ min: 1, max: 4 }), wanted: fc.uniqueArray(fc.nat(11), { maxLength: 8 }) }),
  { minLength: 1, maxLength: 5 },
);
/** Items 0 and 1, 2 and 3, ... are enemies where told so. */
const places = fc.constantFrom(own, (item: number) => Math.floor(item / 2));

/** Whether there is a form at all, by Hall's theorem: every set of rows has as many places as it needs. */
function isPossible(rows: readonly Demand[], place: (item: number) => number): boolean {
  for (let set = 1; set < 2 ** rows.length; set++) {
    const chosen = rows.filter((_, at) => (set >> at) & 1);
    const there = new Set(chosen.flatMap(({ wanted }) => wanted.map(place)));
    if (there.size < chosen.reduce((sum, { count }) => sum + count, 0)) return false;
  }
  return true;
}

describe('an assignment of items to rows', () => {
  it('is found exactly where there is one, and is one', () => {
    fc.assert(
      fc.property(demands, places, (rows, place) => {
        const found = assign(rows, place);
        expect(found.ok).toBe(isPossible(rows, place));
        if (!found.ok) return;
        expect(found.rows.map((items) => items.length)).toEqual(rows.map(({ count }) => count));
        for (const [row, items] of found.rows.entries())
          for (const item of items) expect(rows[row]?.wanted).toContain(item);
        const taken = found.rows.flat().map(place);
        expect(new Set(taken).size).toBe(taken.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('that there is not is blamed on rows that really have too few, and on how many', () => {
    fc.assert(
      fc.property(demands, places, (rows, place) => {
        const found = assign(rows, place);
        if (found.ok) return;
        const blamed = found.rows.map((row) => rows[row] as Demand);
        const there = new Set(blamed.flatMap(({ wanted }) => wanted.map(place))).size;
        expect(found.missing).toBe(blamed.reduce((sum, { count }) => sum + count, 0) - there);
        expect(found.missing).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes what is wanted most where nothing stands against it', () => {
    const rows = [
      { count: 2, wanted: [4, 2, 0] },
      { count: 1, wanted: [2, 3] },
    ];
    expect(assign(rows, own)).toEqual({ ok: true, rows: [[4, 2], [3]] });
    expect(assign([{ count: 2, wanted: [9, 7, 8] }], own)).toEqual({ ok: true, rows: [[9, 7]] });
  });
});
