import { z } from 'zod';
import type { ArrangementWish } from '../../contract/people-center/operator-api.ts';
import { asArranged } from '../../contract/words/arrangements.ts';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import { CandidateId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { noteTerms } from './terms-ever.ts';

/**
 * Registers what a candidate needs, in place of all that was registered for them before. It is the person's, whatever exam they
 * sit next.
 * @throws Refusal `number-malformed`, `number-checksum`, `not-on-roster`
 */
export async function arrangeCandidate(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  wish: ArrangementWish,
): Promise<void> {
  mustManage(actor, tenantId);
  const parsed = parseCitizenNumber(wish.number);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  const { extraMinutes = null, arrangements } = asArranged(wish.arrangements);
  const changed = await select(
    db,
    z.object({ id: CandidateId }),
    'UPDATE candidates SET extra_minutes = $3, arrangements = $4 WHERE tenant_id = $1 AND number = $2 RETURNING id',
    [tenantId, parsed.number, extraMinutes, arrangements ? JSON.stringify(arrangements) : null],
  );
  if (changed.length === 0) throw new Refusal('not-on-roster', parsed.number);
  for (const { id } of changed) await noteTerms(db, tenantId, id);
}
