import { z } from 'zod';
import { CandidateId, ExamId, type SittingId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { FORMAL_RECORDS, hasRecord } from '../results/index.ts';
import { type Member, mustActFor } from '../tenants/index.ts';
import { MOVED_AWAY, OPEN_MOVES } from './open-moves.ts';

const Row = z.object({ candidateId: CandidateId, examId: ExamId, attempts: z.int() });
/** Asked of each table by itself: of all of them together, the database would look through every record that there is. */
const ofThese = (row: string) =>
  `(${row}.candidate_id, ${row}.exam_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`;
type Sitter = { readonly id: CandidateId; readonly examId: ExamId };

/**
 * How many attempts each of these has used up at their exam: by formal records, by exams that were moved and not ended, and by
 * exams that began and have neither left nor come to a record. One query over all: each counts once at every moment.
 * @param except a sitting that is not counted
 */
export async function attemptsUsed(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  sitters: readonly Sitter[],
  except?: SittingId,
): Promise<(sitter: Sitter) => number> {
  mustActFor(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", count(*)::int AS attempts FROM (
       ${FORMAL_RECORDS} AND ${ofThese('r')}
       UNION ALL SELECT DISTINCT m.candidate_id, m.exam_id FROM ${OPEN_MOVES} AND m.tenant_id = $1 AND ${ofThese('m')}
       UNION ALL SELECT b.candidate_id, b.exam_id FROM beginnings b
         WHERE b.tenant_id = $1 AND b.begun AND b.released_at IS NULL AND b.sitting_id <> $4 AND NOT ${MOVED_AWAY}
           AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')}
           AND ${ofThese('b')}
     ) begun
     GROUP BY candidate_id, exam_id`,
    [tenantId, sitters.map(({ id }) => id), sitters.map(({ examId }) => examId), except ?? ''],
  );
  const used = new Map(rows.map(({ candidateId, examId, attempts }) => [`${candidateId} ${examId}`, attempts]));
  return ({ id, examId }) => used.get(`${id} ${examId}`) ?? 0;
}
