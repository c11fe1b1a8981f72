import { verify } from '@node-rs/argon2';
import type { AssignedProctor } from '../../contract/center-api.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { Clock } from '../clock/index.ts';

/** Tells proctors from guessers. */
export type Proctors = {
  /**
   * The proctor whose PIN this is.
   * @throws Refusal `pin-wrong`, or `pin-wait` while the delay after wrong ones runs
   */
  authorise(pin: string): Promise<AssignedProctor>;
};

const FREE_TRIES = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;

/** @param list the proctors of this station, read at each try */
export function openProctors(list: () => readonly AssignedProctor[], clock: Clock): Proctors {
  let failures = 0;
  let waitUntil = 0;
  let trying: Promise<unknown> = Promise.resolve();

  const attempt = async (pin: string): Promise<AssignedProctor> => {
    if (clock.monotonic() < waitUntil) throw new Refusal('pin-wait');
    for (const proctor of list()) {
      if (await verify(proctor.pinHash, pin).catch(() => false)) {
        failures = 0;
        return proctor;
      }
    }
    failures += 1;
    if (failures >= FREE_TRIES)
      waitUntil = clock.monotonic() + Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS);
    throw new Refusal('pin-wrong');
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
