import { z } from 'zod';

/** What a unified social credit code is written in: digits and capitals without I, O, S, V and Z. */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** The last of its characters, by the 17 before it (GB 32100-2015). */
export function licenceCheckCharacter(first17: string): string {
  let [sum, weight] = [0, 1];
  for (const letter of first17) {
    sum += LETTERS.indexOf(letter) * weight;
    weight = (weight * 3) % LETTERS.length;
  }
  return LETTERS[(LETTERS.length - (sum % LETTERS.length)) % LETTERS.length] as string;
}

/** 统一社会信用代码: 18 characters, the last of which follows from the others (GB 32100-2015). Small letters become capitals. */
export const LicenceNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(SHAPE, { abort: true })
  .refine((code) => licenceCheckCharacter(code.slice(0, 17)) === code[17], { error: 'its check character is wrong' });
