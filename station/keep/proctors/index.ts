import { verify } from '@node-rs/argon2';
import type { TenantId } from '../../../contract/words/ids.ts';
import { RECOVERY_CODE } from '../../../contract/words/proctoring.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Authorised, FirmProctor } from './authorised.ts';
import { openBadges } from './badges.ts';
import { openGuesses } from './guesses.ts';
import type { Recovery } from './recovery.ts';

export type { Authorised, FirmProctor } from './authorised.ts';
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
    const meant = list().filter((one) => one.guest === guest);
    for (const proctor of meant) if (await verify(proctor.pinHash, pin).catch(() => false)) return proctor;
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
