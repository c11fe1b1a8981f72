import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { placesOfPerson } from '../results/index.ts';

/** Drops what stations sealed of sittings of these people: who asked, and why, stays. */
export async function forgetEvidence(tx: Queries, tenantId: TenantId, ids: readonly CandidateId[]): Promise<void> {
  const places = `SELECT p.log_index FROM unnest($2::text[]) AS w (id) JOIN LATERAL (${placesOfPerson('$1', 'w.id')}) p ON true`;
  await tx.query(
    `UPDATE evidence_pictures SET bytes = NULL, erased = true
     WHERE wish_id IN (SELECT id FROM evidence_wishes WHERE tenant_id = $1 AND log_index IN (${places}))`,
    [tenantId, ids],
  );
}
