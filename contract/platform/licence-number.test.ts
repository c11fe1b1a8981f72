import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LicenceNumber, licenceCheckCharacter } from './licence-number.ts';

const LETTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const DIGITS = [...'0123456789'];
const some = (letters: readonly string[], many: number) =>
  fc.array(fc.constantFrom(...letters), { minLength: many, maxLength: many }).map((all) => all.join(''));
const numbers = fc.tuple(some(LETTERS, 2), some(DIGITS, 6), some(LETTERS, 9)).map((parts) => {
  const first = parts.join('');
  return first + licenceCheckCharacter(first);
});
const isOne = (text: string): boolean => LicenceNumber.safeParse(text).success;

test.each(['91350100M000100Y43', '9144030071526726XG', '91330100799655058B'])(
  '%s is one, as it was given out',
  (code) => {
    expect(isOne(code)).toBe(true);
    expect(LicenceNumber.parse(` ${code.toLowerCase()} `)).toBe(code);
  },
);

test('of one letter changed, or of two beside each other changed about, none is left', () => {
  fc.assert(
    fc.property(numbers, fc.nat(17), fc.constantFrom(...LETTERS), (code, at, letter) => {
      expect(isOne(code)).toBe(true);
      const changed = code.slice(0, at) + letter + code.slice(at + 1);
      expect(isOne(changed)).toBe(changed === code);
      const about = at < 17 ? code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2) : code;
      expect(isOne(about)).toBe(about === code);
    }),
  );
});

test.each(['', '91350100M000100Y4', '91350100M000100Y433', 'I1350100M000100Y43', '9135010OM000100Y43'])(
  '%j is none',
  (code) => expect(isOne(code)).toBe(false),
);
