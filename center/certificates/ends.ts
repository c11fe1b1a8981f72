import { z } from 'zod';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({ candidateId: CandidateId, endless: z.boolean(), ends: z.date().nullable() });

/** Until when the certificates of these people for an exam hold: the last end of each, `null` where one has none. */
export async function certificateEnds(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { examId, ids }: { readonly examId: ExamId; readonly ids: readonly CandidateId[] },
): Promise<ReadonlyMap<CandidateId, Date | null>> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT candidate_id AS "candidateId", bool_or(expires_at IS NULL) AS endless, max(expires_at) AS ends
     FROM certificates WHERE tenant_id = $1 AND candidate_id = ANY($2::text[]) AND exam_id = $3 AND revoked_at IS NULL
     GROUP BY candidate_id`,
    [tenantId, ids, examId],
  );
  return new Map(rows.map(({ candidateId, endless, ends }) => [candidateId, endless ? null : ends]));
}
