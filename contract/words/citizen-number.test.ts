import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter, parseCitizenNumber } from './citizen-number.ts';

/** Any UTF-16 at all, half characters too. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));

const VALID = '11010519491231002X';

const region = fc.integer({ min: 110_000, max: 659_999 }).map(String);
const birth = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2020-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const serial = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0'));
const validNumber = fc.tuple(region, birth, serial).map((parts) => {
  const first17 = parts.join('');
  return `${first17}${checkCharacter(first17)}`;
});

const withCheck = (first17: string): string => `${first17}${checkCharacter(first17)}`;
const reasonOf = (text: string): string => {
  const parsed = parseCitizenNumber(text);
  return parsed.ok ? 'ok' : parsed.reason;
};

describe('a citizen number that is right', () => {
  it.each([
    ['the example of the standard', VALID],
    ['with a small x', '11010519491231002x'],
    ['with blanks between the groups', ' 110105 19491231 002X '],
    ['typed in full-width characters', '１１０１０５１９４９１２３１００２Ｘ'],
    [
      'typed in full-width characters with a small x and an ideographic space',
      '１１０１０５　１９４９１２３１　００２ｘ',
    ],
  ])('%s is taken and normalised', (_, text) => {
    expect(parseCitizenNumber(text)).toEqual({ ok: true, number: VALID });
  });

  it('is any with a real date and its own check character', () => {
    fc.assert(
      fc.property(validNumber, (number) => {
        expect(reasonOf(number)).toBe('ok');
      }),
    );
  });

  it('may have been born on a leap day', () => {
    expect(reasonOf(withCheck('11010520000229002'))).toBe('ok');
  });
});

describe('a citizen number that is wrong', () => {
  it.each(['110105194912310020', '110105194912310021', '110105194912310029'])('%s has a wrong check', (text) => {
    expect(reasonOf(text)).toBe('number-checksum');
  });

  it.each([
    ['nothing', ''],
    ['a number of the old kind, 15 digits', '110105491231002'],
    ['one character too few', '1101051949123100'],
    ['one character too many', `${VALID}0`],
    ['a leading zero', withCheck('01010519491231002')],
    ['X in the middle', '1101051949X231002X'],
    ['month 13', withCheck('11010519491331002')],
    ['month 0', withCheck('11010519490031002')],
    ['the 30th of February', withCheck('11010519490230002')],
    ['a leap day in a year that has none', withCheck('11010519000229002')],
    ['day 0', withCheck('11010519491200002')],
    ['a year before any living person', withCheck('11010517991231002')],
    ['digits of another script', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X'],
    ['an SQL quote', "1101051949123100'X"],
  ])('%s is malformed', (_, text) => {
    expect(reasonOf(text)).toBe('number-malformed');
  });

  it('is every valid one with a single digit changed', () => {
    const change = fc.tuple(validNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(change, ([number, at, by]) => {
        const digit = (Number(number[at]) + by) % 10;
        expect(reasonOf(`${number.slice(0, at)}${digit}${number.slice(at + 1)}`)).not.toBe('ok');
      }),
      { numRuns: 1000 },
    );
  });

  it('is every valid one with two different neighbours swapped', () => {
    fc.assert(
      fc.property(validNumber, fc.nat(15), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
        expect(reasonOf(swapped)).not.toBe('ok');
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever was typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseCitizenNumber(text).ok).toBeTypeOf('boolean');
      }),
    );
  });
});
