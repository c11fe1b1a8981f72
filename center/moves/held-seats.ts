import { z } from 'zod';
import type { ListedBeginning, ReleaseWish } from '../../contract/people-center/beginnings.ts';
import { CandidateId, ExamId, instant, SittingId, StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { hasRecord } from '../results/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({
  sittingId: SittingId,
  stationId: StationId,
  candidateId: CandidateId,
  examId: ExamId,
  askedAt: z.date(),
  heardAt: z.date(),
  against: z.enum(['sits-elsewhere', 'attempts-used']).nullable(),
  releasedBy: z.string().nullable(),
  releasedNote: z.string().nullable(),
});

/** Exams that began and came to no record, and those that began against what the center knew, the newest first. */
export async function listBeginnings(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly ListedBeginning[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT sitting_id AS "sittingId", station_id AS "stationId", candidate_id AS "candidateId", exam_id AS "examId",
       asked_at AS "askedAt", heard_at AS "heardAt", against, released_by AS "releasedBy", released_note AS "releasedNote"
     FROM beginnings b WHERE tenant_id = $1 AND begun
       AND (against IS NOT NULL OR NOT ${hasRecord('b.tenant_id', 'b.sitting_id')})
     ORDER BY asked_at DESC LIMIT 1000`,
    [tenantId],
  );
  return rows.map(({ askedAt, heardAt, ...row }) => ({ ...row, askedAt: instant(askedAt), heardAt: instant(heardAt) }));
}

/**
 * Somebody answers for it that an exam which began holds nobody any more, and uses up no attempt: its station burnt, or never
 * had this person. A record that comes all the same counts as every other.
 * @throws Refusal `item-unknown` where there is no such beginning, or somebody has released it already
 */
export async function releaseBeginning(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { sittingId, by, note }: ReleaseWish,
): Promise<void> {
  mustManage(actor, tenantId);
  await db.transaction(async (tx) => {
    const released = await tx.query(
      `UPDATE beginnings SET released_by = $3, released_note = $4, released_at = $5
       WHERE tenant_id = $1 AND sitting_id = $2 AND released_at IS NULL RETURNING sitting_id`,
      [tenantId, sittingId, by, note, now().toISOString()],
    );
    if (released.length === 0) throw new Refusal('item-unknown', `no beginning of ${sittingId} holds anybody`);
    await noteDone(actor, tx, { tenantId, what: 'beginning-released', subject: { kind: 'sitting', id: sittingId } });
  });
}
