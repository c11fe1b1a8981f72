import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';

/** Takes out who these people of a firm are; what a vendor told of them stays, and is nobody's. */
export const forgetTold = async (tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]): Promise<void> =>
  void (await tx.query(
    `UPDATE told_results SET name = NULL, number_hash = NULL, ending = NULL, content = ''
     WHERE tenant_id = $1 AND candidate_id = ANY($2::text[])`,
    [tenantId, ids],
  ));
