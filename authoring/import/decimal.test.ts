import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRight } from '../marking/index.ts';
import { middleOf, numberOf, readDecimal, writeNumber } from './decimal.ts';
import { readNumberAnswers, takesBetween } from './number-answers.ts';

const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, places]) => ({ digits: BigInt(digits), places }));
const written = ({ digits, places }: { digits: bigint; places: number }) => `${digits}e-${places}`;

describe('a number that a program wrote', () => {
  it.each([
    ['36', 36],
    ['-2.542', -2.542],
    ['.5', 0.5],
    ['5.', 5],
    ['+7', 7],
    ['1e-05', 0.000_01],
    ['1E3', 1000],
    ['3.141592653589793', Math.PI],
    ['100.0000000', 100],
    ['0', 0],
  ])('%s is read', (text, value) => {
    const read = readDecimal(text);
    expect(read && numberOf(read)).toBe(value);
  });

  it.each(['', '.', '1,5', '1 000', '10²', '１', '0x10', 'e5', '1e', '--1', '1e999', 'Infinity', 'NaN', '1..2'])(
    '%j is none',
    (text) => expect(readDecimal(text)).toBeUndefined(),
  );

  it('is written as people write it, and read back as the same', () => {
    expect([1e-5, 0.6, -0.001, 12, 1e21, 0, 120].map(writeNumber)).toEqual([
      ...['0.00001', '0.6', '-0.001', '12', '1000000000000000000000', '0', '120'],
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
        fc.pre(Math.abs(value) > 1e-20 || value === 0);
        expect(Number(writeNumber(value))).toBe(value === 0 ? 0 : value);
        expect(writeNumber(value)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      }),
    );
  });
});

describe('a range', () => {
  it('has the middle and the half that a person would work out', () => {
    const { middle, half } = middleOf({ digits: 5n, places: 1 }, { digits: 7n, places: 1 });
    expect([numberOf(middle), numberOf(half)]).toEqual([0.6, 0.1]);
  });

  it('takes what lies in it and nothing else, both ends among it', () =>
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, typed) => {
        const [low, high] = [a, b].toSorted((p, q) => numberOf(p) - numberOf(q)) as [typeof a, typeof a];
        const found = readNumberAnswers([{ worth: 100, takes: takesBetween(written(low), written(high)) }], '=');
        if (!found.ok) throw new Error(found.reason);
        const { number } = found.key;
        const rightIf = (text: string) => isRight({ chosen: [], typed: text }, { kind: 'numeric', key: [], number });
        expect([low, high].map((end) => rightIf(writeNumber(numberOf(end))))).toEqual([true, true]);
        const is = numberOf(typed);
        expect(rightIf(writeNumber(is))).toBe(is >= numberOf(low) && is <= numberOf(high));
      }),
      { numRuns: 2_000 },
    ));
});
