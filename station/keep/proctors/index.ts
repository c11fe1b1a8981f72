import { verify } from '@node-rs/argon2';
import type { ProctorId, TenantId } from '../../../contract/words/ids.ts';
import { numberIn } from '../../../contract/words/proctor-pins.ts';
import { RECOVERY_CODE } from '../../../contract/words/proctoring.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Authorised, FirmProctor } from './authorised.ts';
import { openBadges } from './badges.ts';
import { openGuesses, type Try } from './guesses.ts';
import type { Recovery } from './recovery.ts';

export { type Authorised, type FirmProctor, mustHaveDigits } from './authorised.ts';
export { type Guesses, openGuesses, patiently } from './guesses.ts';
export { openRecovery, RECOVERY_FILE, type Recovery } from './recovery.ts';
export { openUnlockCodes, type UnlockCodes } from './unlock-codes.ts';

/** Tells proctors from guessers. */
export type Proctors = {
  /**
   * The proctor whose PIN this is, or whose badge gave it.
   * @throws Refusal `pin-wrong`; `pin-wait` while the delay after wrong ones with the same number runs, `pin-locked` while it is a
   * long one after many. Other numbers, badges and the recovery code do not wait with it.
   * @param guest whose proctor is meant, where it is a firm that uses this station by a grant
   */
  authorise(pin: string, guest?: TenantId): Promise<Authorised>;
  /** They gave their PIN at the center a moment ago: wrong ones that somebody typed with their number here count no more. */
  vouchedFor(id: ProctorId, guest?: TenantId): void;
  /** What a proctor's card gives to stand in for the PIN. @throws Refusal `badge-unknown` */
  byBadge(number: string): Promise<string>;
  /** Whether any proctor has one. */
  readonly haveBadges: boolean;
  /** How long a PIN with the number that was typed last has to wait after wrong ones. */
  readonly waitMs: number;
  /** With which numbers too many wrong ones were typed; `*` are PINs without a number. */
  readonly locked: readonly string[];
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
  let last: readonly string[] = [];
  const ownerAmong = (pin: string, proctors: readonly FirmProctor[]) => async (): Promise<Authorised | undefined> => {
    // Whoever's number is nobody's waits as long as whoever's is: who is a proctor here is nobody's business.
    if (proctors.length === 0) await verify(NOBODYS_HASH, pin);
    for (const { id, name, role, pinHash } of proctors)
      if (await verify(pinHash, pin).catch(() => false))
        return { id, name, ...(role ? { role } : {}), digits: pin.length };
    return undefined;
  };
  /** Whose number the PIN begins with, and those whose PIN is older than numbers: nobody else's has to be tried. */
  const triesOf = (pin: string, guest: TenantId | undefined): readonly Try<Authorised>[] => {
    const proctors = list().filter((one) => one.guest === guest);
    const number = numberIn(pin);
    const named = proctors.filter((one) => number !== undefined && one.number === number);
    const older = proctors.filter((one) => one.number === undefined);
    return [
      ...(number === undefined ? [] : [{ of: countedAs(guest, number), find: ownerAmong(pin, named) }]),
      ...(number === undefined || older.length > 0
        ? [{ of: countedAs(guest, undefined), find: ownerAmong(pin, older) }]
        : []),
    ];
  };
  return {
    async authorise(pin, guest) {
      // Nobody guesses the code, or what a badge gave: nobody has to wait with them.
      const badged = badges.redeem(pin, guest);
      if (badged) return badged;
      if (!recovery?.matches(pin)) {
        const tries = triesOf(pin, guest);
        last = tries.map(({ of }) => of);
        return guesses.attempt(tries);
      }
      guesses.forgetAll();
      recovery.renew();
      return WITH_CODE;
    },
    vouchedFor(id, guest) {
      const number = list().find((one) => one.id === id && one.guest === guest)?.number;
      // Wrong ones without a number are everybody's who has none: no single one of them takes those back.
      if (number !== undefined) guesses.forget(countedAs(guest, number));
    },
    byBadge: badges.admit,
    get haveBadges() {
      return list().some(({ badgeHash }) => badgeHash !== undefined);
    },
    get waitMs() {
      return Math.max(0, ...last.map(guesses.waitMs));
    },
    get locked() {
      return guesses.locked.map((of) => /\d+$/.exec(of)?.[0] ?? '*');
    },
  };
}

/** By number and firm: two firms may deal the same. Those without a number are counted together. */
const countedAs = (guest: TenantId | undefined, number: string | undefined): string =>
  [guest ?? [], number ?? []].flat().join(' ');

/** Of a text that is no PIN, at the cost of everybody's. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=65536,t=3,p=1$uu/P5HxgRDE8nLsNKq10MQ$ZYLIchG0ZJA0ndHDEWs45G4W8O/znzN6pZq0YTtLrr8';
