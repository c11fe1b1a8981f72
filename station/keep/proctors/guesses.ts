import { setTimeout } from 'node:timers/promises';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import { openWrongTries } from './wrong-tries.ts';

/** What is said of a try that opens nothing. */
export type Answers = { readonly wrong: Reason; readonly wait: Reason; readonly locked: Reason };

/** Whom somebody tries to pass for, and who it is if they are. */
export type Try<T> = { readonly of: string; readonly find: () => Promise<T | undefined> };

/**
 * Makes guessing slow, by whom it is tried to pass for: whoever types wrong ones at a screen that anybody may touch keeps nobody
 * out but, for a while, those whose they would be.
 */
export type Guesses = {
  /**
   * One at a time: guesses sent side by side must not slip past the delay.
   * @param tries whoever it may be; those who have to wait are not tried
   * @throws Refusal one of the {@link Answers}
   */
  attempt<T>(tries: readonly Try<T>[]): Promise<T>;
  /** They said elsewhere who they are: they have all tries again. */
  forget(of: string): void;
  /** Somebody who may is here: all tries are free again. */
  forgetAll(): void;
  /** How long the next try has to wait. */
  waitMs(of: string): number;
  /** For whom there were too many wrong ones, now. */
  readonly locked: readonly string[];
};

/**
 * Whoever goes from one to the next: from so many wrong ones in a row on, whoever they were of, all wait a moment after each. After
 * a while without any it is no row.
 */
const [FREE_IN_A_ROW, PAUSE_MS, ROW_MS] = [10, 10_000, 60_000];

/** @param what is guessed at: each kind is counted by itself */
export function openGuesses(
  database: Database,
  clock: Clock,
  what: 'pin' | 'code' | 'administrator',
  answers: Answers,
): Guesses {
  const wrong = openWrongTries(database, clock, what);
  let [inARow, lastAt, pausedUntil] = [0, 0, 0];
  let trying: Promise<unknown> = Promise.resolve();

  const right = (of: string): void => {
    wrong.forget(of);
    inARow = 0;
  };
  const count = (tried: readonly string[]): void => {
    tried.forEach(wrong.add);
    const now = clock.monotonic();
    inARow = now - lastAt < ROW_MS ? inARow + 1 : 1;
    lastAt = now;
    if (inARow >= FREE_IN_A_ROW) pausedUntil = now + PAUSE_MS;
  };
  const once = async <T>(tries: readonly Try<T>[]): Promise<T> => {
    const waiting = tries.filter(({ of }) => wrong.waitMs(of) > 0);
    const wait = waiting.some(({ of }) => wrong.isLocked(of)) ? answers.locked : answers.wait;
    if (clock.monotonic() < pausedUntil) throw new Refusal(wait);
    const tried = tries.filter((one) => !waiting.includes(one));
    for (const { of, find } of tried) {
      const found = await find();
      if (found === undefined) continue;
      right(of);
      return found;
    }
    if (tried.length > 0) count(tried.map(({ of }) => of));
    throw new Refusal(waiting.length > 0 ? wait : answers.wrong);
  };
  return {
    attempt(tries) {
      const result = trying.then(() => once(tries));
      trying = result.catch(() => undefined);
      return result;
    },
    forget: wrong.forget,
    forgetAll() {
      wrong.forgetAll();
      [inARow, pausedUntil] = [0, 0];
    },
    waitMs: (of) => Math.max(wrong.waitMs(of), pausedUntil - clock.monotonic()),
    get locked() {
      return wrong.locked;
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
