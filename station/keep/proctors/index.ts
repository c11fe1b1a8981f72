import { verify } from '@node-rs/argon2';
import type { TenantId } from '../../../contract/words/ids.ts';
import { numberIn } from '../../../contract/words/proctor-pins.ts';
import { RECOVERY_CODE } from '../../../contract/words/proctoring.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Authorised, FirmProctor } from './authorised.ts';
import { openBadges } from './badges.ts';
import { openGuesses } from './guesses.ts';
import type { Recovery } from './recovery.ts';

export { type Authorised, type FirmProctor, mustHaveDigits } from './authorised.ts';
export { type Guesses, openGuesses, patiently } from './guesses.ts';
export { openRecovery, RECOVERY_FILE, type Recovery } from './recovery.ts';
export { openUnlockCodes, type UnlockCodes } from './unlock-codes.ts';

/** Tells proctors from guessers. */
export type Proctors = {
  /**
   * The proctor whose PIN this is, or whose badge gave it.
   * @throws Refusal `pin-wrong`, `pin-wait` while the delay after wrong ones runs, `pin-locked` after too many of them: then
   * a chief's PIN lifts the lock, or the recovery code
   * @param guest whose proctor is meant, where it is a firm that uses this station by a grant
   */
  authorise(pin: string, guest?: TenantId): Promise<Authorised>;
  /** What a proctor's card gives to stand in for the PIN. @throws Refusal `badge-unknown` */
  byBadge(number: string): Promise<string>;
  /** Whether any proctor has one. */
  readonly haveBadges: boolean;
  /** How long the next PIN has to wait after wrong ones. */
  readonly waitMs: number;
};

/** In the ledger, where the recovery code was used. */
export const WITH_CODE: Authorised = { id: RECOVERY_CODE, name: '恢复码', role: 'administrator' };

/**
 * @param list the proctors of all firms that are here, read at each try
 * @param database where failures are kept
 */
export function openProctors(
  list: () => readonly FirmProctor[],
  clock: Clock,
  database: Database,
  recovery?: Recovery,
): Proctors {
  const answers = { wrong: 'pin-wrong', wait: 'pin-wait', locked: 'pin-locked' } as const;
  const guesses = openGuesses(database, clock, 'pin', answers);
  const badges = openBadges(list, clock);
  const owner = async (pin: string, guest: TenantId | undefined): Promise<Authorised | undefined> => {
    const meant = meantBy(
      pin,
      list().filter((one) => one.guest === guest),
    );
    // Whoever's number is nobody's waits as long as whoever's is: who is a proctor here is nobody's business.
    if (meant.length === 0) await verify(NOBODYS_HASH, pin);
    for (const { id, name, role, pinHash } of meant)
      if (await verify(pinHash, pin).catch(() => false))
        return { id, name, ...(role ? { role } : {}), digits: pin.length };
    return undefined;
  };
  return {
    async authorise(pin, guest) {
      // Nobody guesses the code, or what a badge gave: nobody has to wait with them.
      const badged = badges.redeem(pin, guest);
      if (badged) return badged;
      if (!recovery?.matches(pin)) return guesses.attempt(() => owner(pin, guest), isChief);
      guesses.forget();
      recovery.renew();
      return WITH_CODE;
    },
    byBadge: badges.admit,
    get haveBadges() {
      return list().some(({ badgeHash }) => badgeHash !== undefined);
    },
    get waitMs() {
      return guesses.waitMs;
    },
  };
}

const isChief = ({ role }: Authorised): boolean => role === 'chief' || role === 'administrator';

/** Whose number the PIN begins with, and those whose PIN is older than numbers: nobody else's has to be tried. */
function meantBy(pin: string, proctors: readonly FirmProctor[]): readonly FirmProctor[] {
  const number = numberIn(pin);
  const named = proctors.filter((one) => one.number !== undefined && one.number === number);
  return [...named, ...proctors.filter((one) => one.number === undefined)];
}

/** Of a text that is no PIN, at the cost of everybody's. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=65536,t=3,p=1$uu/P5HxgRDE8nLsNKq10MQ$ZYLIchG0ZJA0ndHDEWs45G4W8O/znzN6pZq0YTtLrr8';
