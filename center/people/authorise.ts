import { verify } from '@node-rs/argon2';
import type { ProctorId, TenantId } from '../../contract/words/ids.ts';
import { numberIn } from '../../contract/words/proctor-pins.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { guarded, type Manager, mustManage, type Operator, ofAccount, ofAddress } from '../tenants/index.ts';
import { listProctors, type Proctor } from './proctors.ts';

/** Whose word it is. */
export type Said = {
  /** Id, number or name; where nothing is said, the number that the PIN begins with. */
  readonly proctor?: string | undefined;
  readonly pin: string;
};

/**
 * The proctor who says so, by their PIN. First who it is, then one PIN is tried, and wrong ones are counted by proctor and by where
 * they came from.
 * @throws Refusal `proctor-unknown`, `pin-wrong`; TryLater
 */
export async function authoriseProctor(
  actor: Operator,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  said: Said,
): Promise<ProctorId> {
  mustManage(actor satisfies Manager, tenantId);
  const all = await listProctors(actor, db, tenantId);
  const meant = meantBy(all, said);
  const account = meant && ofAccount('proctor-pin', `${tenantId} ${meant.id}`);
  const gates = [...(account ? [account] : []), ofAddress('proctor-pin', actor.address ?? tenantId)];
  const refused = (id: string) =>
    noteDone(actor, db, { tenantId, what: 'pin-refused', subject: { kind: 'proctor', id } });
  return guarded(db, now(), gates, ['pin-wrong', 'proctor-unknown'], async () => {
    // Whose number nobody has guesses as well.
    if (!meant) await refused('unknown');
    if (!meant && (said.proctor !== undefined || all.filter(isNumberless).length > 1))
      throw new Refusal('proctor-unknown', 'say whose PIN it is: id, number or name');
    if (!meant) throw new Refusal('pin-wrong');
    const right = meant.pinHash !== null && (await verify(meant.pinHash, said.pin).catch(() => false));
    if (right) return meant.id;
    await refused(meant.id);
    throw new Refusal('pin-wrong');
  });
}

function meantBy(all: readonly Proctor[], { proctor, pin }: Said): Proctor | undefined {
  if (proctor !== undefined) return all.find(({ id, name, number }) => [id, name, number].includes(proctor.trim()));
  const number = numberIn(pin);
  const numbered = all.find((one) => number !== undefined && one.number === number);
  // Whose PIN is older than numbers is known without a name where nobody else's is.
  const others = all.filter(isNumberless);
  return numbered ?? (others.length === 1 ? others[0] : undefined);
}

const isNumberless = ({ number }: Proctor): boolean => number === null;
