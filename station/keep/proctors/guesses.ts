import { setTimeout } from 'node:timers/promises';
import { delayAfter, LOCKED_AFTER } from '../../../contract/words/guess-delay.ts';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** What is said of a try that opens nothing. */
export type Answers = { readonly wrong: Reason; readonly wait: Reason; readonly locked: Reason };

/** Makes guessing slow, then pointless: a delay that doubles, then a lock. Pulling the plug is no way around either. */
export type Guesses = {
  /**
   * One try at a time: guesses sent side by side must not slip past the delay.
   * @param find whose it is, if anybody's
   * @param opensLock whether it opens what too many wrong tries have locked
   * @throws Refusal one of the {@link Answers}
   */
  attempt<T>(find: () => Promise<T | undefined>, opensLock: (found: T) => boolean): Promise<T>;
  /** Somebody who may is here: all tries are free again. */
  forget(): void;
  /** How long the next try has to wait. */
  readonly waitMs: number;
};

const SCHEMA = [
  'CREATE TABLE pins (id INTEGER PRIMARY KEY CHECK (id = 1), failures INTEGER NOT NULL) STRICT;',
  // Not of PINs alone any more.
  `CREATE TABLE guesses (what TEXT PRIMARY KEY, failures INTEGER NOT NULL) STRICT;
   INSERT INTO guesses SELECT 'pin', failures FROM pins;
   DROP TABLE pins;`,
];

/** @param what is guessed at: each kind is counted by itself */
export function openGuesses(
  database: Database,
  clock: Clock,
  what: 'pin' | 'code' | 'administrator',
  answers: Answers,
): Guesses {
  migrate(database, 'proctors', SCHEMA);
  const write = database.prepare('INSERT OR REPLACE INTO guesses VALUES (?, ?)');
  const read = database.prepare<[string], { failures: number }>('SELECT failures FROM guesses WHERE what = ?');
  let failures = read.get(what)?.failures ?? 0;
  let waitUntil = delayAfter(failures) + clock.monotonic();
  let trying: Promise<unknown> = Promise.resolve();

  const count = (now: number): void => {
    if (now !== failures) write.run(what, now);
    failures = now;
    waitUntil = clock.monotonic() + delayAfter(now);
  };
  const once = async <T>(find: () => Promise<T | undefined>, opensLock: (found: T) => boolean): Promise<T> => {
    if (clock.monotonic() < waitUntil) throw new Refusal(answers.wait);
    const found = await find();
    const locked = failures >= LOCKED_AFTER;
    if (found !== undefined && (!locked || opensLock(found))) {
      count(0);
      return found;
    }
    // Whether it is somebody's is not told while it opens nothing.
    count(failures + 1);
    throw new Refusal(locked ? answers.locked : answers.wrong);
  };
  return {
    attempt(find, opensLock) {
      const result = trying.then(() => once(find, opensLock));
      trying = result.catch(() => undefined);
      return result;
    },
    forget: () => count(0),
    get waitMs() {
      return Math.max(0, waitUntil - clock.monotonic());
    },
  };
}

const ASK_AGAIN_MS = 1_000;

/** For a program that asks once and ends: waits out the delay after wrong tries, as whoever stands at the station does. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'pin-wait') throw error;
      await setTimeout(ASK_AGAIN_MS);
    }
  }
}
