import { randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { TenantId } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { badgeTagOf } from '../../../proof/secrets/badge-tag.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { FirmProctor } from './authorised.ts';

/** Cards that stand in for PINs. */
export type Badges = {
  /** What stands in for the PIN of whoever's card this is: once, for a minute. @throws Refusal `badge-unknown` */
  admit(number: string): Promise<string>;
  /**
   * Whose card gave this, if any did a moment ago. Somebody may be a proctor of two firms.
   * @param guest whose proctor is meant
   */
  redeem(pass: string, guest: TenantId | undefined): FirmProctor | undefined;
};

const VALID_MS = 60_000;
const PASS_BYTES = 16;

export function openBadges(list: () => readonly FirmProctor[], clock: Clock): Badges {
  const passes = new Map<string, { readonly proctors: readonly FirmProctor[]; readonly until: number }>();
  return {
    async admit(number) {
      const proctors: FirmProctor[] = [];
      for (const proctor of list())
        if (mayBe(proctor, number) && (await verify(proctor.badgeHash, number).catch(() => false)))
          proctors.push(proctor);
      if (proctors.length === 0) throw new Refusal('badge-unknown');
      const pass = randomBytes(PASS_BYTES).toString('hex');
      passes.set(pass, { proctors, until: clock.monotonic() + VALID_MS });
      return pass;
    },
    redeem(pass, guest) {
      const known = passes.get(pass);
      passes.delete(pass);
      if (!known || clock.monotonic() >= known.until) return undefined;
      const meant = known.proctors.filter((one) => one.guest === guest);
      // A card that two have says of neither that it is them.
      return meant.length === 1 ? meant[0] : undefined;
    },
  };
}

/** Whether it can be their badge, as far as its tag tells. One from before there were tags may be anybody's. */
const mayBe = (proctor: FirmProctor, number: string): proctor is FirmProctor & { readonly badgeHash: string } =>
  proctor.badgeHash !== undefined &&
  (proctor.badgeTag === undefined || proctor.badgeTag === badgeTagOf(number, proctor.badgeHash));
