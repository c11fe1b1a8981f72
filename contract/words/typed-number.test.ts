import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from './typed-number.ts';

describe('a typed number', () => {
  it.each([
    ['36', 36],
    [' 0.5 ', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-3', -3],
    ['−3', -3],
    ['+7', 7],
    ['１２．５', 12.5],
  ])('%j is %d', (typed, value) => expect(parseNumber(typed)).toBe(value));

  it.each(['', '-', '.', '1,5', '1e3', '0x10', '36V', '三十六', '1.2.3', 'NaN', '10²', '5₂', '①', '9'.repeat(16)])(
    '%j is none',
    (typed) => expect(parseNumber(typed)).toBeUndefined(),
  );

  it('is the number that was written, whichever it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 999 }), (whole, part) => {
        const typed = `${whole}.${String(part).padStart(3, '0')}`;
        expect(parseNumber(typed)).toBe(Number(typed));
      }),
    );
  });
});
