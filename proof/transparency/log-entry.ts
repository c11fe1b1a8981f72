import type { LogEntry } from '../../contract/log/entries.ts';
import { canonicalJson } from '../canonical.ts';
import { type Hash, leafHash } from '../merkle.ts';

/** The text of an entry as the log holds it, and its leaf. */
export type SealedEntry = { readonly entry: LogEntry; readonly text: string; readonly leaf: Hash };

export function sealEntry(entry: LogEntry): SealedEntry {
  const text = canonicalJson(entry);
  return { entry, text, leaf: leafHash(text) };
}
