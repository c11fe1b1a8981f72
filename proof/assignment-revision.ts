import type { Sha256 } from '../contract/words/ids.ts';
import { sha256 } from './hash.ts';

/**
 * Whether two assignments, as they were sent, say the same: the hash of the text without the moment at which it was said. Center and
 * station make it each by itself. Within a text of JSON the pattern is always a key.
 */
export const assignmentRevision = (text: string): Sha256 => sha256(text.replace(/"issuedAt":"[^"]*",?/, ''));
