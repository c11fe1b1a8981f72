import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAfter, lastDues, overBy } from './calendar.ts';

const MONTHLY = { period: 'month', day: 3, hour: 8 } as const;
const QUARTERLY = { period: 'quarter', day: 28, hour: 0 } as const;

test('a bulletin is due by China’s clock, on its day of the month after the period', () => {
  // 2026-11-03 08:00 there.
  const due = { at: new Date('2026-11-03T00:00:00Z'), from: '2026-10', to: '2026-10' };
  expect(dueAfter(new Date('2026-11-02T23:59:59Z'), MONTHLY)).toEqual(due);
  expect(dueAfter(due.at, MONTHLY)).toMatchObject({ from: '2026-11', at: new Date('2026-12-03T00:00:00Z') });
  // In the new year there, in the old one in London.
  expect(dueAfter(new Date('2025-12-31T17:00:00Z'), MONTHLY)).toMatchObject({ from: '2025-12', to: '2025-12' });
  expect(dueAfter(new Date('2026-01-05T00:00:00Z'), QUARTERLY)).toEqual({
    ...{ at: new Date('2026-01-27T16:00:00Z'), from: '2025-10', to: '2025-12' },
  });
  expect(overBy(new Date('2026-05-31T20:00:00Z'), QUARTERLY)).toMatchObject({ from: '2026-01', to: '2026-03' });
});

test('one after the other is due, none twice, none left out, and the last of them are the last', () => {
  const rhythms = fc.record({
    period: fc.constantFrom('month' as const, 'quarter' as const),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
  });
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(rhythms, instants, fc.integer({ min: 0, max: 40 }), (rhythm, start, many) => {
      const dues = [dueAfter(start, rhythm)];
      for (let n = 0; n < many; n += 1) dues.push(dueAfter((dues.at(-1) as (typeof dues)[0]).at, rhythm));
      for (const [n, { at, from, to }] of dues.entries()) {
        expect(at > (dues[n - 1]?.at ?? start)).toBe(true);
        const before = dues[n - 1];
        if (before)
          expect(new Date(`${from}-01`).getTime() - new Date(`${before.to}-01`).getTime()).toBeLessThan(
            32 * 86_400_000,
          );
        expect(from <= to).toBe(true);
      }
      const [first, last] = [dues[0], dues.at(-1)];
      if (!first || !last) throw new Error('there is one');
      expect(lastDues(first.at, last.at, rhythm, 3)).toEqual(dues.slice(-3));
      expect(lastDues(last.at, new Date(last.at.getTime() - 1), rhythm, 3)).toEqual([]);
    }),
  );
});
