import { z } from 'zod';
import { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { noteDone } from '../audit/index.ts';
import { type Queries, select } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { countEntries, quotasOf, type TurnRow } from './rows.ts';

const Waiting = z.object({ tenantId: TenantId, candidateId: CandidateId });
export type Promoted = Readonly<z.infer<typeof Waiting>>;

/** How many more of each firm may come by its quota, and of all of them by the seats. */
async function placesLeft(tx: Queries, { id, seats }: Pick<TurnRow, 'id' | 'seats'>) {
  const counts = await countEntries(tx, [id]);
  const entered = (tenantId: TenantId): number => counts.find((one) => one.tenantId === tenantId)?.entered ?? 0;
  const quotas = await quotasOf(tx, id);
  const all = seats - counts.reduce((sum, one) => sum + one.entered, 0);
  return { all, of: new Map(quotas.map(({ tenantId, quota }) => [tenantId, quota - entered(tenantId)])) };
}

/** How many more of a firm may come. */
export async function freePlaces(tx: Queries, turn: TurnRow, tenantId: TenantId): Promise<number> {
  const { all, of } = await placesLeft(tx, turn);
  return Math.max(0, Math.min(all, of.get(tenantId) ?? 0));
}

/** Whoever waits comes where there is a place for them by now, in the order in which they were signed up. */
export async function fillPlaces(
  actor: ActingAccount,
  tx: Queries,
  turn: Pick<TurnRow, 'id' | 'seats'>,
): Promise<readonly Promoted[]> {
  const places = await placesLeft(tx, turn);
  let { all } = places;
  const waiting = await select(
    tx,
    Waiting,
    `SELECT tenant_id AS "tenantId", candidate_id AS "candidateId" FROM turn_entries
     WHERE turn_id = $1 AND state = 'waiting' ORDER BY number`,
    [turn.id],
  );
  const promoted = waiting.filter(({ tenantId }) => {
    const own = places.of.get(tenantId) ?? 0;
    if (all <= 0 || own <= 0) return false;
    all -= 1;
    places.of.set(tenantId, own - 1);
    return true;
  });
  if (promoted.length === 0) return [];
  await tx.query(
    `UPDATE turn_entries e SET state = 'entered' FROM unnest($2::text[], $3::text[]) AS p (tenant_id, candidate_id)
     WHERE e.turn_id = $1 AND e.tenant_id = p.tenant_id AND e.candidate_id = p.candidate_id`,
    [turn.id, promoted.map(({ tenantId }) => tenantId), promoted.map(({ candidateId }) => candidateId)],
  );
  for (const tenantId of new Set(promoted.map((one) => one.tenantId)))
    await noteDone(actor, tx, { tenantId, what: 'turn-entered', subject: { kind: 'turn', id: turn.id } });
  return promoted;
}
