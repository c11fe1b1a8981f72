import { z } from 'zod';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { isOnRoster } from '../people/index.ts';
import { hasCompleted } from '../results/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({ candidateId: CandidateId, examId: ExamId }).readonly();
type Study = z.infer<typeof Row>;

/** Those on the roster who have a course and are not through with it, by their ids and the course's. */
export async function listNotLearned(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { after, size }: { readonly after: Study | undefined; readonly size: number },
): Promise<readonly Study[]> {
  mustRead(actor, tenantId);
  const key = ['s.tenant_id', 's.exam_id', 's.candidate_id'] as const;
  return select(
    db,
    Row,
    `SELECT s.candidate_id AS "candidateId", s.exam_id AS "examId" FROM studies s
     WHERE s.tenant_id = $1 AND (s.candidate_id, s.exam_id) > ($2, $3) AND ${isOnRoster('s.tenant_id', 's.candidate_id')}
       AND NOT ${hasCompleted(...key)}
     ORDER BY s.candidate_id, s.exam_id LIMIT $4`,
    [tenantId, after?.candidateId ?? '', after?.examId ?? '', size],
  );
}
