import type { SittingId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../database/index.ts';

/** That the exam was still running at this moment. */
export type Beat = { readonly sitting: SittingId; readonly boot: string; readonly monotonic: number };

/**
 * The last sign of life of a running exam. A reader who thinks for ten minutes causes no event; without this, a power cut
 * would give all ten back. It is no part of the history: what it says enters the ledger when the station comes back.
 */
export type Pulse = { beat(beat: Beat): void; last(): Beat | undefined };

const SCHEMA = [
  `CREATE TABLE pulse (
     id INTEGER PRIMARY KEY CHECK (id = 1), sitting TEXT NOT NULL, boot TEXT NOT NULL, monotonic INTEGER NOT NULL
   ) STRICT;`,
];

export function openPulse(database: Database): Pulse {
  migrate(database, 'pulse', SCHEMA);
  const write = database.prepare('INSERT OR REPLACE INTO pulse VALUES (1, @sitting, @boot, @monotonic)');
  const read = database.prepare<[], Beat>('SELECT sitting, boot, monotonic FROM pulse');
  return { beat: (beat) => void write.run(beat), last: () => read.get() };
}
