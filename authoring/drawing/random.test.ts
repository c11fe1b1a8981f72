import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawsFrom } from './random.ts';

/** Chi-square of observed counts against an even spread. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('draws from a seed', () => {
  it('are those of the rule: SHA-256 of "seed:n", big-endian words, the remainder', () => {
    const digest = createHash('sha256').update('an exam:0').digest();
    const second = createHash('sha256').update('an exam:1').digest();
    const draws = drawsFrom('an exam');
    const words = Array.from({ length: 9 }, () => draws.below(2 ** 32));
    const expected = Array.from({ length: 8 }, (_, n) => digest.readUInt32BE(n * 4));
    expect(words).toEqual([...expected, second.readUInt32BE(0)]);
    expect(drawsFrom('an exam').below(1000)).toBe(digest.readUInt32BE(0) % 1000);
  });

  it('are the same for the same seed and others for another', () => {
    const ten = (seed: string) => Array.from({ length: 10 }, (_, draws) => drawsFrom(seed).below(1000 + draws));
    expect(ten('a')).toEqual(ten('a'));
    expect(ten('a')).not.toEqual(ten('b'));
  });

  it('below 1 are 0', () => {
    const draws = drawsFrom('one');
    expect(Array.from({ length: 100 }, () => draws.below(1))).toEqual(Array(100).fill(0));
  });

  it('are whole numbers below their limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const n = drawsFrom(seed).below(limit);
        expect(Number.isInteger(n) && n >= 0 && n < limit).toBe(true);
      }),
    );
  });

  // The seeds are fixed: these come out the same every time. The limits are the 99.9 % points of chi-square.
  it.each([
    [7, 22.46],
    [10, 27.88],
    [52, 87.97],
  ])('below %i are even', (limit, most) => {
    const draws = drawsFrom(`even below ${limit}`);
    const counts = Array<number>(limit).fill(0);
    for (let n = 0; n < 20_000; n++) {
      const at = draws.below(limit);
      counts[at] = (counts[at] as number) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(most);
  });

  it('below three quarters of a word are even too: no value gets the leftovers', () => {
    const limit = 3 * 2 ** 30;
    const draws = drawsFrom('leftovers');
    const counts = [0, 0, 0];
    for (let n = 0; n < 12_000; n++) {
      const third = Math.floor(draws.below(limit) / 2 ** 30);
      counts[third] = (counts[third] as number) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(13.82);
  });
});

describe('a shuffled list', () => {
  it('holds what the list held, and leaves the list as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (list, seed) => {
        const before = [...list];
        const shuffled = drawsFrom(seed).shuffled(list);
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
        expect(list).toEqual(before);
      }),
    );
  });

  it('has every order as often', () => {
    const draws = drawsFrom('orders');
    const counts = new Map<string, number>();
    for (let n = 0; n < 12_000; n++) {
      const order = draws.shuffled(['a', 'b', 'c', 'd']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(49.73);
  });
});
