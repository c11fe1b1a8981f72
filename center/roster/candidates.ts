import { z } from 'zod';
import type { PutCandidate } from '../../contract/people-center/operator-api.ts';
import { AssignedCandidate } from '../../contract/station-center/center-api.ts';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import { CandidateId, type ExamId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { type Queries, select } from '../database/index.ts';
import { OPEN_MOVES } from '../stations/open-moves.ts';
import { addPhoto, dropUnusedPhotos } from './photos.ts';

/**
 * Puts a candidate on the roster, or changes whoever has this number or this id: what is not named stays. Photos that nobody
 * uses any more are erased.
 * @throws Refusal `number-malformed`, `number-checksum`, `no-exam`, `photo-unreadable`
 */
export async function putCandidate(tx: Queries, tenantId: TenantId, candidate: PutCandidate): Promise<void> {
  const parsed = parseCitizenNumber(candidate.number);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  await mustHaveExam(tx, tenantId, candidate.examId);
  const id = (await idOfNumber(tx, tenantId, parsed.number)) ?? candidate.id;
  await tx.query(
    `INSERT INTO candidates (tenant_id, id, name, number, exam_id, extra_minutes) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, extra_minutes = coalesce(excluded.extra_minutes, candidates.extra_minutes), number = excluded.number, exam_id = excluded.exam_id,
       seat = CASE WHEN candidates.exam_id = excluded.exam_id THEN candidates.seat END`,
    [tenantId, id, candidate.name, parsed.number, candidate.examId, candidate.extraMinutes ?? null],
  );
  if (candidate.photos) await putPhotos(tx, tenantId, id, candidate.photos);
}

/** A person is one, by whatever id somebody puts them in again. */
export async function idOfNumber(tx: Queries, tenantId: TenantId, number: string): Promise<CandidateId | undefined> {
  const sql = 'SELECT id FROM candidates WHERE tenant_id = $1 AND number = $2';
  const [row] = await select(tx, z.object({ id: CandidateId }), sql, [tenantId, number]);
  return row?.id;
}

async function putPhotos(tx: Queries, tenantId: TenantId, id: CandidateId, photos: readonly string[]): Promise<void> {
  const before = await select(
    tx,
    z.object({ hash: Sha256 }),
    'DELETE FROM candidate_photos WHERE tenant_id = $1 AND candidate_id = $2 RETURNING hash',
    [tenantId, id],
  );
  for (const photo of photos) {
    const hash = await addPhoto(tx, tenantId, Buffer.from(photo, 'base64'));
    await tx.query(
      `INSERT INTO candidate_photos (tenant_id, candidate_id, hash) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, candidate_id, hash) DO NOTHING`,
      [tenantId, id, hash],
    );
  }
  await dropUnusedPhotos(
    tx,
    tenantId,
    before.map(({ hash }) => hash),
  );
}

const Row = AssignedCandidate.unwrap().extend({ seat: SeatLabel.nullable(), extraMinutes: z.int().nullable() });

/** The roster, each candidate with the attempts that formal records, and exams that were moved and not ended, have used up. */
export async function listCandidates(db: Queries, tenantId: TenantId): Promise<readonly AssignedCandidate[]> {
  const rows = await select(
    db,
    Row,
    `SELECT c.id, c.name, c.number, c.exam_id AS "examId", coalesce(used.attempts, 0)::int AS "attemptsUsed",
       ARRAY(SELECT p.hash FROM candidate_photos p WHERE p.tenant_id = c.tenant_id AND p.candidate_id = c.id
             ORDER BY p.hash) AS photos, c.seat, c.extra_minutes AS "extraMinutes"
     FROM candidates c
     LEFT JOIN (
       SELECT candidate_id, exam_id, count(*) AS attempts FROM (
         SELECT candidate_id, exam_id FROM records WHERE tenant_id = $1 AND mode = 'formal'
         UNION ALL SELECT DISTINCT candidate_id, exam_id FROM ${OPEN_MOVES} AND m.tenant_id = $1
       ) begun GROUP BY candidate_id, exam_id
     ) used ON used.candidate_id = c.id AND used.exam_id = c.exam_id
     WHERE c.tenant_id = $1 ORDER BY c.id`,
    [tenantId],
  );
  return rows.map(({ seat, extraMinutes, ...candidate }) => ({
    ...candidate,
    ...(seat ? { seat } : {}),
    ...(extraMinutes ? { extraMinutes } : {}),
  }));
}

/** @throws Refusal `no-exam` */
export async function mustHaveExam(tx: Queries, tenantId: TenantId, examId: ExamId): Promise<void> {
  const rows = await tx.query('SELECT 1 FROM exams WHERE tenant_id = $1 AND id = $2', [tenantId, examId]);
  if (rows.length === 0) throw new Refusal('no-exam', `this tenant has no exam ${examId}`);
}
