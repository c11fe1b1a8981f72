import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Sha256 } from '../contract/ids.ts';
import { sha256 } from '../contract/proof/index.ts';

/** Crockford's base 32: no I, L, O or U, so nothing that two people read differently. */
const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A one-time enrolment code, `XXXX-XXXX-XXXX`: 60 random bits that a person can type. */
export function makeEnrolmentCode(): string {
  const letters = Array.from({ length: 12 }, () => BASE32[randomInt(32)]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** The code as it is stored and compared: however it was typed, one hash. */
export function hashEnrolmentCode(typed: string): Sha256 {
  const letters = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return sha256(`enrolment-code:${letters}`);
}

/** An operator's token: 128 random bits. */
export const makeOperatorToken = (): string => randomBytes(16).toString('base64url');

/** A fast hash is enough for a random token: there is nothing to guess. PINs, which can be guessed, go to {@link hashPin}. */
export const hashOperatorToken = (token: string): Sha256 => sha256(`operator-token:${token}`);

export const makePin = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** argon2id as a PHC string, with the cost that OWASP recommends: stations check the PIN offline. */
export const hashPin = (pin: string): Promise<string> => hash(pin, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Whether this is the PIN behind a hash. */
export const isPin = (pin: string, pinHash: string): Promise<boolean> => verify(pinHash, pin).catch(() => false);

/** An id of the kind that `contract/ids.ts` describes: a prefix and 128 random bits. */
export const makeId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('hex')}`;
