import { z } from 'zod';
import { AssignedCandidate, type PutCandidate } from '../../contract/center-api.ts';
import { parseCitizenNumber } from '../../contract/citizen-number.ts';
import { type ExamId, Sha256, type TenantId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { addPhoto, dropUnusedPhoto } from './photos.ts';

/**
 * Puts a candidate on the roster, in place of whoever had this id; a photo that nobody uses any more is erased.
 * @throws Refusal `number-malformed`, `number-checksum`, `no-exam`, `photo-unreadable`
 */
export async function putCandidate(tx: Queries, tenantId: TenantId, candidate: PutCandidate): Promise<void> {
  const parsed = parseCitizenNumber(candidate.number);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  await mustHaveExam(tx, tenantId, candidate.examId);
  const photo = candidate.photo === null ? null : await addPhoto(tx, tenantId, Buffer.from(candidate.photo, 'base64'));
  const before = await photoOf(tx, tenantId, candidate.id);
  await tx.query(
    `INSERT INTO candidates (tenant_id, id, name, number, exam_id, photo) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, id) DO UPDATE
     SET name = excluded.name, number = excluded.number, exam_id = excluded.exam_id, photo = excluded.photo`,
    [tenantId, candidate.id, candidate.name, parsed.number, candidate.examId, photo],
  );
  if (before && before !== photo) await dropUnusedPhoto(tx, tenantId, before);
}

/** The roster, each candidate with the attempts that formal records have used up. */
export const listCandidates = (db: Queries, tenantId: TenantId): Promise<readonly AssignedCandidate[]> =>
  select(
    db,
    AssignedCandidate,
    `SELECT c.id, c.name, c.number, c.photo, c.exam_id AS "examId", coalesce(used.attempts, 0)::int AS "attemptsUsed"
     FROM candidates c
     LEFT JOIN (
       SELECT candidate_id, exam_id, count(*) AS attempts FROM records
       WHERE tenant_id = $1 AND mode = 'formal' GROUP BY candidate_id, exam_id
     ) used ON used.candidate_id = c.id AND used.exam_id = c.exam_id
     WHERE c.tenant_id = $1 ORDER BY c.id`,
    [tenantId],
  );

async function mustHaveExam(tx: Queries, tenantId: TenantId, examId: ExamId): Promise<void> {
  const rows = await tx.query('SELECT 1 FROM exams WHERE tenant_id = $1 AND id = $2', [tenantId, examId]);
  if (rows.length === 0) throw new Refusal('no-exam', `this tenant has no exam ${examId}`);
}

async function photoOf(tx: Queries, tenantId: TenantId, id: string): Promise<Sha256 | null> {
  const shape = z.object({ photo: Sha256.nullable() });
  const row = await selectOne(tx, shape, 'SELECT photo FROM candidates WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  return row?.photo ?? null;
}
