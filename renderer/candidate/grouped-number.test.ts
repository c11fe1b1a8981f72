import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grouped, withoutGaps } from './grouped-number.ts';

describe('an identity number on the screen', () => {
  it.each([
    ['', ''],
    ['1', '1'],
    ['110105', '110105'],
    ['1101051', '110105 1'],
    ['11010519491231002x', '110105 19491231 002X'],
    [' 110105 19491231002X ', '110105 19491231 002X'],
    ['110105194912310021234', '110105 19491231 0021234'],
  ])('%s is shown as %s', (typed, shown) => {
    expect(grouped(typed)).toBe(shown);
  });

  it('loses nothing by being shown in groups, however it is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789Xx ') }), (typed) => {
        expect(withoutGaps(grouped(typed))).toBe(withoutGaps(typed));
      }),
    );
  });
});
