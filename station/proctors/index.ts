import { verify } from '@node-rs/argon2';
import type { AssignedProctor } from '../../contract/center-api.ts';
import { ProctorId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { Clock } from '../clock/index.ts';
import { type Database, migrate } from '../database/index.ts';
import type { Recovery } from './recovery.ts';

export { openRecovery, RECOVERY_FILE, type Recovery } from './recovery.ts';

/** Whoever gave a PIN. */
export type Authorised = Pick<AssignedProctor, 'id' | 'name' | 'role'>;

/** Tells proctors from guessers. */
export type Proctors = {
  /**
   * The proctor whose PIN this is.
   * @throws Refusal `pin-wrong`, `pin-wait` while the delay after wrong ones runs, `pin-locked` after too many of them: then
   * a chief's PIN lifts the lock, or the recovery code
   */
  authorise(pin: string): Promise<Authorised>;
};

const FREE_TRIES = 3;
const LOCKED_AFTER = 10;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;
const SCHEMA = ['CREATE TABLE pins (id INTEGER PRIMARY KEY CHECK (id = 1), failures INTEGER NOT NULL) STRICT;'];

/** In the ledger, where the recovery code was used. */
const WITH_CODE: Authorised = { id: ProctorId.parse('pr_recovery-code'), name: '恢复码', role: 'administrator' };

/**
 * @param list the proctors of this station, read at each try
 * @param database where failures are kept: pulling the plug is no way around them
 */
export function openProctors(
  list: () => readonly AssignedProctor[],
  clock: Clock,
  database: Database,
  recovery?: Recovery,
): Proctors {
  migrate(database, 'proctors', SCHEMA);
  const read = database.prepare<[], { failures: number }>('SELECT failures FROM pins');
  const write = database.prepare('INSERT OR REPLACE INTO pins VALUES (1, ?)');
  let failures = read.get()?.failures ?? 0;
  let waitUntil = delayAfter(failures) + clock.monotonic();
  let trying: Promise<unknown> = Promise.resolve();

  const count = (now: number): void => {
    if (now !== failures) write.run(now);
    failures = now;
  };
  const owner = async (pin: string): Promise<AssignedProctor | undefined> => {
    for (const proctor of list()) if (await verify(proctor.pinHash, pin).catch(() => false)) return proctor;
    return undefined;
  };
  const attempt = async (pin: string): Promise<Authorised> => {
    // Nobody guesses the code, so nobody has to wait with it.
    if (recovery?.matches(pin)) {
      count(0);
      waitUntil = 0;
      recovery.renew();
      return WITH_CODE;
    }
    if (clock.monotonic() < waitUntil) throw new Refusal('pin-wait');
    const proctor = await owner(pin);
    const locked = failures >= LOCKED_AFTER;
    if (proctor && (!locked || isChief(proctor))) {
      count(0);
      return proctor;
    }
    // Whether a PIN is somebody's is not told while it opens nothing.
    count(failures + 1);
    waitUntil = clock.monotonic() + delayAfter(failures);
    throw new Refusal(failures > LOCKED_AFTER ? 'pin-locked' : 'pin-wrong');
  };
  return {
    authorise(pin) {
      // One at a time: guesses sent side by side must not slip past the delay.
      const result = trying.then(() => attempt(pin));
      trying = result.catch(() => undefined);
      return result;
    },
  };
}

const delayAfter = (failures: number): number =>
  failures < FREE_TRIES ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS);

const isChief = ({ role }: Authorised): boolean => role === 'chief' || role === 'administrator';
