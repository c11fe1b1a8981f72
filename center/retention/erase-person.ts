import { z } from 'zod';
import { type ErasedPerson, type ErasureReason, STAYS } from '../../contract/platform/retention.ts';
import { type CandidateId, instant, type OrganisationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { LEAVINGS } from '../home/index.ts';
import { candidatesByIds, type Erasure, erasedAt, leaveRoster, lockRoster } from '../people/index.ts';
import { placesOfPerson } from '../results/index.ts';
import type { ActingAccount, Operator } from '../tenants/index.ts';
import { erasePeople } from './erase-people.ts';
import { holdsOf } from './held.ts';
import { mustKeepFirm } from './keepers.ts';
import { noteErasure } from './lines.ts';
import { addToList, listed } from './list-file.ts';

export type ErasureWish = {
  readonly organisationId: OrganisationId;
  readonly candidateId: CandidateId;
  readonly reason: ErasureReason;
  /** Whether certificates that hold are revoked with it. */
  readonly alsoCertificates: boolean;
};

/**
 * A firm erases somebody of its own for good, who leaves its roster with that.
 * @throws Refusal `organisation-unknown`, `unauthorised`, `person-unknown`, `person-erased` where that was done before;
 * `person-sitting`, `person-appeals`, `person-disputed`, `person-certified` where something is open
 */
export async function eraseByHand(
  actor: ActingAccount,
  { db, data, now }: Pick<Center, 'db' | 'data' | 'now'>,
  { organisationId, candidateId, reason, alsoCertificates }: ErasureWish,
): Promise<ErasedPerson> {
  const operator = await mustKeepFirm(actor, db, organisationId);
  const { tenantId } = operator;
  const erasure: Erasure = { at: now(), by: actor.id, why: reason };
  const { at } = erasure;
  const { revoked, records } = await db.transaction(async (tx) => {
    // Whoever left before is put in again by nobody meanwhile.
    await lockRoster(tx, tenantId);
    await mustBeErasable(operator, tx, candidateId, at, alsoCertificates);
    const erased = await erasePeople({ tx, data }, tenantId, [candidateId], erasure);
    const by = { id: actor.id, name: actor.name };
    for (const number of erased.revoked) {
      const subject = { kind: 'certificate', id: number };
      await noteDone(operator, tx, { tenantId, what: 'certificate-revoked', subject });
    }
    const line = { tenantId, kind: 'roster', count: 1, months: null, cause: reason, by, at } as const;
    await noteErasure(operator, tx, line);
    await noteDone(operator, tx, { tenantId, what: 'person-erased', subject: { kind: 'candidate', id: candidateId } });
    return { ...erased, records: await countRecordsOf(tx, tenantId, candidateId) };
  });
  await addToList(data, [listed({ tenantId, candidateId }, erasure)]);
  const there = { records: records > 0, certificates: revoked.length > 0, log: true, stations: true, backups: true };
  return { erasedAt: instant(at), revoked, records, stays: STAYS.filter((one) => there[one]) };
}

/** Whoever is still on the roster leaves it here, so that all that ends with that has ended. */
async function mustBeErasable(
  operator: Operator,
  tx: Queries,
  id: CandidateId,
  at: Date,
  alsoCertificates: boolean,
): Promise<void> {
  const { tenantId } = operator;
  const known = (await candidatesByIds(operator, tx, tenantId, [id])).get(id);
  if (!known) {
    const before = await erasedAt(tx, { tenantId, candidateId: id });
    throw before ? new Refusal('person-erased', instant(before)) : new Refusal('person-unknown');
  }
  const [hold] = (await holdsOf(tx, tenantId, id, at)).filter(
    (one) => !(one === 'person-certified' && alsoCertificates),
  );
  if (hold) throw new Refusal(hold);
  if (known.left) return;
  const wish = { number: known.number, on: at.toISOString().slice(0, 10), reason: 'erased' };
  await leaveRoster(operator, { db: tx, now: () => at }, tenantId, wish, LEAVINGS);
}

async function countRecordsOf(tx: Queries, tenantId: TenantId, id: CandidateId): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM (${placesOfPerson('$1', '$2')}) places`;
  return (await selectOne(tx, z.object({ count: z.int() }), sql, [tenantId, id]))?.count ?? 0;
}
