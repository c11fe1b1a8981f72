import { commitmentTo, turnOf } from '../../authoring/drawing/index.ts';
import type { RevealReply, RevealWish } from '../../contract/people-center/disputes.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';

/**
 * Takes a series of forms that a station has revealed, once nobody sits by it any more: every record of it waits to be judged again,
 * by the form that its seed gives.
 * @throws Refusal `item-unknown` where no record of this tenant commits to it
 */
export async function revealSeries(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { seed }: RevealWish,
): Promise<RevealReply> {
  mustManage(actor, tenantId);
  const { series } = turnOf(seed);
  const commitment = turnOf(commitmentTo(seed)).series;
  return db.transaction(async (tx) => {
    const records = await tx.query(
      `UPDATE records r SET judged = false FROM judgements j
       WHERE j.tenant_id = r.tenant_id AND j.sitting_id = r.sitting_id AND j.tenant_id = $1
         AND starts_with(j.seed, $2) RETURNING 1`,
      [tenantId, `${commitment}/`],
    );
    if (records.length === 0) throw new Refusal('item-unknown', 'no record commits to this series');
    await tx.query(
      `INSERT INTO revealed_series (tenant_id, commitment, series, revealed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, commitment) DO NOTHING`,
      [tenantId, commitment, series, now().toISOString()],
    );
    const subject = { kind: 'series', id: commitment.slice(0, 64) };
    await noteDone(actor, tx, { tenantId, what: 'series-revealed', subject });
    return { records: records.length };
  });
}
