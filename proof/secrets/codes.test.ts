import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeCode, makePin, normalCode } from './codes.ts';

it('a code has no letter that looks like another, and is one however it is typed', () => {
  for (let n = 0; n < 200; n++) {
    const code = makeCode(5, 5);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(normalCode(typed)).toBe(code.replaceAll('-', ''));
  }
});

it('what is compared is compared once and for all', () => {
  fc.assert(fc.property(fc.string(), (text) => normalCode(normalCode(text)) === normalCode(text)));
  expect(normalCode('ＡＢ－１２')).toBe('AB12');
});

it('a PIN is six digits, also where it begins with zeros', () => {
  for (let n = 0; n < 200; n++) expect(makePin()).toMatch(/^\d{6}$/);
});
