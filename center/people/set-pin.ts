import type { PinSet, SetPinWish } from '../../contract/people-center/operator-api.ts';
import { isEasyPin } from '../../contract/words/proctor-pins.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing, noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type ActingProctor, guarded, ofAddress, type Stranger } from '../tenants/index.ts';
import { badgeNumber, keepBadge } from './badges.ts';
import { accountsMeant, invitedBy, isMeant, useInvitation } from './invitations.ts';
import { notePinChange } from './pin-changes.ts';
import { hashProctorPin } from './pins.ts';
import { stateOfProctor } from './proctors.ts';

/**
 * A proctor sets a PIN, and a badge if they want one, with the code that they were told. Nobody else has a way to.
 * @throws Refusal `proctor-code-unknown` (a wrong name is not told from a wrong code), `pin-easy`, `number-malformed`,
 * `number-checksum`; TryLater
 */
export async function setPin(actor: Stranger, center: Center, wish: SetPinWish): Promise<PinSet> {
  const { db, now } = center;
  if (isEasyPin(wish.pin)) throw new Refusal('pin-easy');
  const card = wish.badge === undefined ? undefined : badgeNumber(wish.badge);
  const gates = [ofAddress('proctor-code', actor.address), ...(await accountsMeant(db, wish, now()))];
  return guarded(db, now(), gates, ['proctor-code-unknown'], () =>
    db.transaction(async (tx) => {
      const invited = await invitedBy(tx, wish.code, now());
      if (!invited || !isMeant(invited, wish.proctor)) throw new Refusal('proctor-code-unknown');
      const { tenantId, id, number, name } = invited;
      const proctor: ActingProctor = { kind: 'proctor', tenantId, id, address: actor.address };
      // Only for whoever the code is for: hashes are slow, and strangers have none computed here.
      const pinHash = await hashProctorPin(number + wish.pin);
      const badge = card && (await keepBadge(card));
      const subject = { kind: 'proctor', id };
      await changing(proctor, tx, { tenantId, what: 'pin-set', subject }, stateOfProctor(tenantId, id), async () => {
        await tx.query(
          `UPDATE proctors SET pin_hash = $3, badge_hash = $4, badge_tag = $5 WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, pinHash, badge?.hash ?? null, badge?.tag ?? null],
        );
        await useInvitation(tx, invited);
        await notePinChange(tx, tenantId, id, 'set', now());
      });
      if (badge) await noteDone(proctor, tx, { tenantId, what: 'badge-set', subject });
      return { name, number };
    }),
  );
}
