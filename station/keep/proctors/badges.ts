import { randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { AssignedProctor } from '../../../contract/station-center/center-api.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Authorised } from './authorised.ts';

/** Cards that stand in for PINs. */
export type Badges = {
  /** What stands in for the PIN of whoever's card this is: once, for a minute. @throws Refusal `badge-unknown` */
  admit(number: string): Promise<string>;
  /** Whose card gave this, if any did a moment ago. */
  redeem(pass: string): Authorised | undefined;
};

const VALID_MS = 60_000;
const PASS_BYTES = 16;

export function openBadges(list: () => readonly AssignedProctor[], clock: Clock): Badges {
  const passes = new Map<string, { readonly proctor: Authorised; readonly until: number }>();
  return {
    async admit(number) {
      for (const proctor of list()) {
        const { badgeHash } = proctor;
        if (!badgeHash || !(await verify(badgeHash, number).catch(() => false))) continue;
        const pass = randomBytes(PASS_BYTES).toString('hex');
        passes.set(pass, { proctor, until: clock.monotonic() + VALID_MS });
        return pass;
      }
      throw new Refusal('badge-unknown');
    },
    redeem(pass) {
      const known = passes.get(pass);
      passes.delete(pass);
      return known && clock.monotonic() < known.until ? known.proctor : undefined;
    },
  };
}
