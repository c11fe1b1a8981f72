import { z } from 'zod';

/** Crockford's base 32, as other codes that people read from paper and type. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DRAWN = 12;

/**
 * What a certificate is called: twelve letters that were drawn, so that nobody finds another one by counting, and one that finds a
 * letter that was misread. `7K3M-9QXD-2FHT-8`.
 */
export const CertificateNumber = z
  .string()
  .regex(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]$/)
  .refine((text) => checkOf(text.replaceAll('-', '').slice(0, DRAWN)) === text.at(-1), {
    error: 'its check letter is wrong',
  })
  .brand<'CertificateNumber'>();
export type CertificateNumber = z.infer<typeof CertificateNumber>;

/** @param drawn twelve of the letters */
export const certificateNumber = (drawn: string): CertificateNumber =>
  CertificateNumber.parse(`${drawn}${checkOf(drawn)}`.replace(/^(.{4})(.{4})(.{4})/, '$1-$2-$3-'));

/** However it was typed: small letters, blanks, O for 0, I or L for 1. @returns nothing where it is no number */
export function readCertificateNumber(typed: string): CertificateNumber | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const parts = letters.match(/^(.{4})(.{4})(.{4})(.)$/)?.slice(1);
  return parts && CertificateNumber.safeParse(parts.join('-')).data;
}

/** ISO/IEC 7064's hybrid system (as its MOD 37,36) for 32 letters: each letter that is another one is found. */
function checkOf(drawn: string): string {
  const size = LETTERS.length;
  let held = size;
  for (const letter of drawn) held = (((held + LETTERS.indexOf(letter)) % size || size) * 2) % (size + 1);
  return LETTERS[(size + 1 - held) % size] as string;
}
