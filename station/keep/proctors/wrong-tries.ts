import { delayAfter, LOCKED_AFTER } from '../../../contract/words/guess-delay.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** How many wrong tries there were, by whom somebody tried to pass for. Kept: pulling the plug is no way around. */
export type WrongTries = {
  add(of: string): void;
  forget(of: string): void;
  forgetAll(): void;
  /** How long whoever it is has to wait. */
  waitMs(of: string): number;
  /** Whether there were so many that each costs long. */
  isLocked(of: string): boolean;
  /** Of whom each costs long, now. */
  readonly locked: readonly string[];
};

/** After so long without a wrong one all is forgotten. */
const FORGOTTEN_MS = 43_200_000;

const SCHEMA = [
  'CREATE TABLE pins (id INTEGER PRIMARY KEY CHECK (id = 1), failures INTEGER NOT NULL) STRICT;',
  // Not of PINs alone any more.
  `CREATE TABLE guesses (what TEXT PRIMARY KEY, failures INTEGER NOT NULL) STRICT;
   INSERT INTO guesses SELECT 'pin', failures FROM pins;
   DROP TABLE pins;`,
  // When the last one was. What was counted before is not forgotten by that.
  `ALTER TABLE guesses ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
   UPDATE guesses SET at = unixepoch() * 1000;`,
];

type Row = { readonly what: string; readonly failures: number; readonly at: number };
type Count = { readonly failures: number; readonly at: number; readonly waitUntil: number };

/** @param kind what is tried, each counted by itself */
export function openWrongTries(database: Database, clock: Clock, kind: string): WrongTries {
  migrate(database, 'proctors', SCHEMA);
  const write = database.prepare('INSERT OR REPLACE INTO guesses (what, failures, at) VALUES (?, ?, ?)');
  const drop = database.prepare('DELETE FROM guesses WHERE what = ?');
  const rows = database.prepare<[], Row>('SELECT what, failures, at FROM guesses').all();
  // One that is nobody's in particular has the name of the kind alone.
  const kept = (of: string): string => (of === '' ? kind : `${kind} ${of}`);
  const nameIn = (what: string): string | undefined => {
    if (what === kind) return '';
    return what.startsWith(`${kind} `) ? what.slice(kind.length + 1) : undefined;
  };
  const counts = new Map<string, Count>();
  for (const { what, failures, at } of rows) {
    const of = nameIn(what);
    if (of !== undefined) counts.set(of, { failures, at, waitUntil: clock.monotonic() + delayAfter(failures) });
  }
  const wall = (): number => Date.parse(clock.wall());
  const forget = (of: string): void => {
    if (counts.delete(of)) drop.run(kept(of));
  };
  const countOf = (of: string): Count | undefined => {
    const count = counts.get(of);
    if (!count || wall() - count.at < FORGOTTEN_MS) return count;
    forget(of);
    return undefined;
  };
  const waitMs = (of: string): number => Math.max(0, (countOf(of)?.waitUntil ?? 0) - clock.monotonic());
  const isLocked = (of: string): boolean => (countOf(of)?.failures ?? 0) >= LOCKED_AFTER;
  return {
    add(of) {
      const failures = (countOf(of)?.failures ?? 0) + 1;
      const at = wall();
      write.run(kept(of), failures, at);
      counts.set(of, { failures, at, waitUntil: clock.monotonic() + delayAfter(failures) });
    },
    forget,
    forgetAll() {
      for (const of of [...counts.keys()]) forget(of);
    },
    waitMs,
    isLocked,
    get locked() {
      return [...counts.keys()].filter((of) => isLocked(of) && waitMs(of) > 0);
    },
  };
}
