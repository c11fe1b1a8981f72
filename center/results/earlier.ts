import { z } from 'zod';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { COUNTS, IS_VOID } from './standing.ts';

/** Of whom, and of which exams or courses. */
export type Whose = { readonly ids: readonly CandidateId[]; readonly examIds: readonly ExamId[] };

const Sat = z.object({ candidateId: CandidateId, examId: ExamId, passed: z.boolean(), failed: z.int() });
/** How often somebody failed an exam, and whether they passed it. */
export type Earlier = Readonly<z.infer<typeof Sat>>;

/** What these people came to at these exams before, by the formal records that count. Whoever never sat one is not in it. */
export async function earlierResults(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { ids, examIds }: Whose,
): Promise<readonly Earlier[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    Sat,
    `SELECT r.candidate_id AS "candidateId", r.exam_id AS "examId", bool_or(r.passed AND ${COUNTS}) AS passed,
       (count(*) FILTER (WHERE NOT r.passed))::int AS failed
     FROM records r WHERE r.tenant_id = $1 AND r.candidate_id = ANY($2::text[]) AND r.exam_id = ANY($3::text[])
       AND r.mode = 'formal' AND NOT ${IS_VOID}
     GROUP BY r.candidate_id, r.exam_id`,
    [tenantId, ids, examIds],
  );
}

const Studied = z.object({ candidateId: CandidateId, examId: ExamId, seconds: z.number(), complete: z.boolean() });

/** How long these people learned of these courses, and whether they are through. */
export async function creditedTime(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { ids, examIds }: Whose,
): Promise<readonly Readonly<z.infer<typeof Studied>>[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    Studied,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", seconds::float8 AS seconds, complete FROM course_progress
     WHERE tenant_id = $1 AND candidate_id = ANY($2::text[]) AND exam_id = ANY($3::text[])`,
    [tenantId, ids, examIds],
  );
}

const Ended = z.object({
  candidateId: CandidateId,
  passed: z.boolean(),
  incidents: z.int(),
});

/** What these people came to at an exam that they handed in after a moment: the last of each. */
export async function resultsSince(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { ids, examIds }: Whose,
  since: Date,
): Promise<readonly Readonly<z.infer<typeof Ended>>[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    Ended,
    `SELECT DISTINCT ON (r.candidate_id) r.candidate_id AS "candidateId", r.passed,
       json_array_length(r.body::json->'incidents') AS incidents
     FROM records r WHERE r.tenant_id = $1 AND r.candidate_id = ANY($2::text[]) AND r.exam_id = ANY($3::text[])
       AND r.submitted_at >= $4
     ORDER BY r.candidate_id, r.submitted_at DESC, r.log_index DESC`,
    [tenantId, ids, examIds, since.toISOString()],
  );
}
