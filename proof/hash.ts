import { createHash } from 'node:crypto';
import type { Sha256 } from '../contract/words/ids.ts';
import { canonicalJson } from './canonical.ts';

export const sha256 = (bytes: Uint8Array | string): Sha256 =>
  createHash('sha256').update(bytes).digest('hex') as Sha256;

/** SHA-256 of the canonical JSON of a value. */
export const hashOf = (value: unknown): Sha256 => sha256(canonicalJson(value));
