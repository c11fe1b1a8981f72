import { z } from 'zod';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { FORMAL_RECORDS } from '../results/index.ts';
import { type Member, mustActFor } from '../tenants/index.ts';
import { OPEN_MOVES } from './open-moves.ts';

const Row = z.object({ candidateId: CandidateId, examId: ExamId, attempts: z.int() });
type Sitter = { readonly id: CandidateId; readonly examId: ExamId };

/**
 * How many attempts each of these has used up at their exam: by formal records, and by exams that were moved and not ended.
 * One query over both: a record that ends a move counts once at every moment.
 */
export async function attemptsUsed(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  sitters: readonly Sitter[],
): Promise<(sitter: Sitter) => number> {
  mustActFor(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", count(*)::int AS attempts FROM (
       ${FORMAL_RECORDS}
       UNION ALL SELECT DISTINCT m.candidate_id, m.exam_id FROM ${OPEN_MOVES} AND m.tenant_id = $1
     ) begun
     WHERE (candidate_id, exam_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))
     GROUP BY candidate_id, exam_id`,
    [tenantId, sitters.map(({ id }) => id), sitters.map(({ examId }) => examId)],
  );
  const used = new Map(rows.map(({ candidateId, examId, attempts }) => [`${candidateId} ${examId}`, attempts]));
  return ({ id, examId }) => used.get(`${id} ${examId}`) ?? 0;
}
