import { randomBytes } from 'node:crypto';

/** An id of the kind that `contract/words/ids.ts` describes: a prefix and 128 random bits. */
export const makeId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('hex')}`;
