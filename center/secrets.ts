import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Sha256 } from '../contract/words/ids.ts';
import { sha256 } from '../proof/index.ts';
import { makeCode, normalCode } from '../proof/secrets/codes.ts';

/** A one-time enrolment code, `XXXX-XXXX-XXXX`: 60 random bits that a person can type. */
export const makeEnrolmentCode = (): string => makeCode(3, 4);

/** The code as it is stored and compared. */
export const hashEnrolmentCode = (typed: string): Sha256 => sha256(`enrolment-code:${normalCode(typed)}`);

/** An operator's token: 128 random bits. */
export const makeOperatorToken = (): string => randomBytes(16).toString('base64url');

/** A fast hash is enough for a random token: there is nothing to guess. PINs, which can be guessed, go to {@link hashPin}. */
export const hashOperatorToken = (token: string): Sha256 => sha256(`operator-token:${token}`);

/** argon2id as a PHC string, with the cost that OWASP recommends: stations check the PIN offline. */
export const hashPin = (pin: string): Promise<string> => hash(pin, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Whether this is the PIN behind a hash. */
export const isPin = (pin: string, pinHash: string): Promise<boolean> => verify(pinHash, pin).catch(() => false);

/** An id of the kind that `contract/words/ids.ts` describes: a prefix and 128 random bits. */
export const makeId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('hex')}`;
