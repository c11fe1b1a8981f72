import type { ArrangementWish } from '../../contract/people-center/candidates.ts';
import { asArranged } from '../../contract/words/arrangements.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { inTransaction, type Queries } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { idOfNumber, stateOfCandidate } from './candidates.ts';
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
  const parsed = parseIdNumber(wish.number);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  const { extraMinutes = null, arrangements } = asArranged(wish.arrangements);
  await inTransaction(db, async (tx) => {
    const id = await idOfNumber(actor, tx, tenantId, parsed.id);
    if (!id) throw new Refusal('not-on-roster');
    const deed = { tenantId, what: 'candidate-arranged', subject: { kind: 'candidate', id } } as const;
    await changing(actor, tx, deed, stateOfCandidate(tenantId, id), () =>
      tx.query(
        `UPDATE candidates SET extra_minutes = $3, arrangements = $4
         WHERE tenant_id = $1 AND id = $2 AND left_at IS NULL`,
        [tenantId, id, extraMinutes, arrangements ? JSON.stringify(arrangements) : null],
      ),
    );
    await noteTerms(tx, tenantId, [id]);
  });
}
