import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestResponse, MOST_OPTIONS } from './key.ts';

const count = fc.integer({ min: 1, max: 8 });

describe('the response that is worth most', () => {
  it('is the key wherever only the key is worth anything', () =>
    fc.assert(
      fc.property(count, fc.array(fc.nat(7), { minLength: 1 }), (options, wanted) => {
        const key = [...new Set(wanted.map((at) => at % options))].toSorted((a, b) => a - b);
        const best = bestResponse(options, true, (chosen) => (`${chosen}` === `${key}` ? 1 : 0));
        expect(best).toEqual({ is: 'one', key, even: true });
      }),
    ));

  it('of weights is what has a weight above nothing, and even where all weights of a side are one', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 8 }), (weights) => {
        const best = bestResponse(weights.length, true, (chosen) =>
          chosen.reduce((sum, at) => sum + (weights[at] ?? 0), 0),
        );
        const key = weights.flatMap((weight, at) => (weight > 0 ? [at] : []));
        const sides = [weights.filter((weight) => weight > 0), weights.filter((weight) => weight <= 0)];
        const even = sides.every((side) => new Set(side).size <= 1);
        expect(best).toEqual(key.length === 0 ? { is: 'none' } : { is: 'one', key, even });
      }),
    ));

  it.each([
    [[3, 1], false],
    [[3, 1, 1], false],
    [[3, 0, 1], false],
    [[3, -1, -1], true],
    [[3, -1, 0], false],
    [[1, 0, 0], true],
  ])('of one right answer, %j, is even: %s', (weights, even) => {
    const best = bestResponse(weights.length, false, ([at]) => (at === undefined ? 0 : (weights[at] ?? 0)));
    expect(best).toEqual({ is: 'one', key: [0], even });
  });

  it('is never one of two that are worth as much, neither part of the other', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: MOST_OPTIONS }), (options) => {
        expect(
          bestResponse(options, true, ([first, ...more]) => (first !== undefined && more.length === 0 ? 1 : 0)),
        ).toEqual({
          is: 'several',
        });
      }),
    ));
});
