import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { peopleWithin } from '../people/index.ts';
import { keptNumberHash } from './number-hash.ts';

/**
 * Takes out who these people of a firm are; what a vendor told of them stays, and is nobody's. Asked before the roster forgets them:
 * what came before they were on it is found by their number alone.
 */
export async function forgetTold(
  { tx, data }: { readonly tx: Queries } & Pick<Center, 'data'>,
  tenantId: TenantId,
  ids: readonly CandidateId[],
): Promise<void> {
  const people = await peopleWithin(
    tx,
    ids.map((candidateId) => ({ tenantId, candidateId })),
  );
  const hashOf = await keptNumberHash(data);
  await tx.query(
    `UPDATE told_results SET name = NULL, number_hash = NULL, ending = NULL, content = ''
     WHERE tenant_id = $1 AND (candidate_id = ANY($2::text[]) OR (candidate_id IS NULL AND number_hash = ANY($3::text[])))`,
    [tenantId, ids, hashOf ? [...people.values()].map(({ number }) => hashOf(number)) : []],
  );
}
