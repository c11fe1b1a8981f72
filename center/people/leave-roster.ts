import { z } from 'zod';
import type { LeaveWish } from '../../contract/people-center/candidates.ts';
import { type CandidateId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { inTransaction, type Queries, select } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { idOfNumber, seatedAt, stateOfCandidate } from './candidates.ts';
import { noteLeft } from './memberships.ts';
import { lockRoster } from './person.ts';
import { dropUnusedPhotos } from './photos.ts';
import { seatsOfExam } from './seats.ts';

/** What else ends when somebody leaves, of the folders above this one: in the transaction in which they do. */
export type Leaving = (tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]) => Promise<unknown>;

const DAY_MS = 24 * 3_600_000;

/**
 * Takes somebody off the roster: photos and what was registered for them are erased, and stations erase theirs when they next
 * hear of it. What they sat stays, under their name, and an exam that runs is finished. Whoever comes back is put in again, and
 * their attempts are counted on.
 * @throws Refusal `number-malformed`, `number-checksum`, `not-on-roster`; `bad-message` where the day is still to come
 */
export async function leaveRoster(
  actor: Manager,
  { db, now }: { readonly db: Queries; readonly now: Center['now'] },
  tenantId: TenantId,
  { number, ...wish }: LeaveWish,
  leavings: readonly Leaving[],
): Promise<CandidateId> {
  mustManage(actor, tenantId);
  // Somewhere it is tomorrow already.
  if (Date.parse(wish.on) > now().getTime() + DAY_MS) throw new Refusal('bad-message', 'on: that day is still to come');
  return inTransaction(db, async (tx) => {
    await lockRoster(tx, tenantId);
    const id = await idOfNumber(actor, tx, tenantId, number);
    if (!id) throw new Refusal('not-on-roster');
    const deed = { tenantId, what: 'candidate-left', subject: { kind: 'candidate', id } } as const;
    const leave = () =>
      changing(actor, tx, deed, stateOfCandidate(tenantId, id), async () => {
        await takeOff(tx, tenantId, [id], now());
        await noteLeft(tx, tenantId, [{ id, left: { on: wish.on, why: wish.reason, to: wish.to } }]);
        for (const leaving of leavings) await leaving(tx, tenantId, [id]);
      });
    const exam = await seatedAt(tx, tenantId, id);
    const seats = { ...deed, subject: { kind: 'seats', id: exam ?? '' } };
    await (exam ? changing(actor, tx, seats, seatsOfExam(tenantId, exam), leave) : leave());
    return id;
  });
}

export async function takeOff(tx: Queries, tenantId: TenantId, ids: readonly CandidateId[], at: Date): Promise<void> {
  await tx.query(
    `UPDATE candidates SET left_at = $3, seat = NULL, extra_minutes = NULL, arrangements = NULL
     WHERE tenant_id = $1 AND id = ANY($2::text[])`,
    [tenantId, ids, at.toISOString()],
  );
  await tx.query('DELETE FROM photo_links WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])', [tenantId, ids]);
  const photos = await select(
    tx,
    z.object({ hash: Sha256 }),
    'DELETE FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = ANY($2::text[]) RETURNING hash',
    [tenantId, ids],
  );
  await dropUnusedPhotos(
    tx,
    tenantId,
    photos.map(({ hash }) => hash),
  );
}

/** Whether somebody is on the roster. Both are columns of the query around it. */
export const isOnRoster = (tenantId: string, candidateId: string): string => `EXISTS (
  SELECT 1 FROM candidates c WHERE c.tenant_id = ${tenantId} AND c.id = ${candidateId} AND c.left_at IS NULL)`;
