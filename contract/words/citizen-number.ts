import type { Reason } from './reasons.ts';

/**
 * Citizen identity number, GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2.
 * `11010519491231002X` is valid.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

export type CitizenNumber = string & { readonly __brand: 'CitizenNumber' };

/** @returns the number with a capital X, or why it is none: `number-malformed` or `number-checksum`. */
export function parseCitizenNumber(
  text: string,
):
  | { ok: true; number: CitizenNumber }
  | { ok: false; reason: Extract<Reason, 'number-malformed' | 'number-checksum'> } {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}]/gu, '')
    .toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(digits) || !isDate(digits.slice(6, 14)))
    return { ok: false, reason: 'number-malformed' };
  if (digits[17] !== checkCharacter(digits.slice(0, 17))) return { ok: false, reason: 'number-checksum' };
  return { ok: true, number: digits as CitizenNumber };
}

/** The check character of the first 17 digits. */
export function checkCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return CHECKS[sum % 11] as string;
}

/** What the number says of when its owner was born, as `YYYY-MM-DD`; nothing where it is no such number. */
export function birthDateOf(number: string): string | undefined {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  return parseCitizenNumber(number).ok ? `${year}-${month}-${day}` : undefined;
}

function isDate(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6, 8)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
