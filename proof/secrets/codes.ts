import { randomInt } from 'node:crypto';

/** Codes and PINs that people read from paper and type. Needs Node. */

/** Crockford's base 32: no I, L, O or U, so nothing that two people read differently. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `groups` times `size` random letters, 5 bits each, with dashes between the groups. */
export const makeCode = (groups: number, size: number): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: size }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');

/** A code as it is compared: however it was typed (small letters, blanks, O for 0, I or L for 1), one text. */
export const normalCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** Six random digits. */
export const makePin = (): string => String(randomInt(1_000_000)).padStart(6, '0');
