import { randomBytes } from 'node:crypto';
import type { Sha256 } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';

/** 128 random bits: there is nothing to guess, so a fast hash is enough. */
export const makeSecret = (): string => randomBytes(16).toString('base64url');

export const hashOfSecret = (of: 'invitation' | 'session', secret: string): Sha256 => sha256(`home-${of}:${secret}`);
