import type { TurnRoom } from '../../contract/platform/planning.ts';
import { TurnRoom as Shape } from '../../contract/platform/planning.ts';
import type { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries, selectOne } from '../database/index.ts';
import { type ActingAccount, type Member, mustActFor } from '../tenants/index.ts';
import { mustBeAccount, mustPlanFor } from './standing.ts';

/** How many days before a turn its stations get who comes, where nobody says otherwise. */
const DAYS = 3;

/** A room that never had a turn gets its whole roster, as ever. */
export async function readRoom(actor: Member, db: Queries, tenantId: TenantId): Promise<TurnRoom> {
  mustActFor(actor, tenantId);
  const sql = 'SELECT by_turns AS "byTurns", days FROM turn_rooms WHERE tenant_id = $1';
  return (await selectOne(db, Shape, sql, [tenantId])) ?? { byTurns: false, days: DAYS };
}

/** @throws Refusal `organisation-unknown`, `organisation-settled` */
export async function roomOf(actor: ActingAccount, db: Queries, id: OrganisationId): Promise<TurnRoom> {
  mustBeAccount(actor);
  const room = await mustPlanFor(actor, db, id);
  return readRoom(room.actor, db, room.tenantId);
}

/** @throws Refusal `organisation-unknown`, `organisation-settled` */
export function putRoom(
  actor: ActingAccount,
  db: Queries | Database,
  id: OrganisationId,
  { byTurns, days }: TurnRoom,
): Promise<TurnRoom> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    const room = await mustPlanFor(actor, tx, id);
    const deed = { tenantId: room.tenantId, what: 'turn-room-set', subject: { kind: 'organisation', id } } as const;
    await changing(
      actor,
      tx,
      deed,
      (inside) => readRoom(room.actor, inside, room.tenantId),
      (inside) =>
        inside.query(
          `INSERT INTO turn_rooms (tenant_id, by_turns, days) VALUES ($1, $2, $3)
           ON CONFLICT (tenant_id) DO UPDATE SET by_turns = excluded.by_turns, days = excluded.days`,
          [room.tenantId, byTurns, days],
        ),
    );
    return { byTurns, days };
  });
}

/** With its first turn a room goes by turns, unless somebody has said otherwise. */
export const beginByTurns = (tx: Queries, tenantId: TenantId): Promise<unknown> =>
  tx.query(
    'INSERT INTO turn_rooms (tenant_id, by_turns, days) VALUES ($1, true, $2) ON CONFLICT (tenant_id) DO NOTHING',
    [tenantId, DAYS],
  );
