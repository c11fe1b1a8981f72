import { z } from 'zod';
import { GrantId, instant, StationId, TenantId, type TurnId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { handExam } from '../exams/index.ts';
import { placeOfTenant, placesOf } from '../organisations/index.ts';
import { endGrant, giveGrants, listStations } from '../stations/index.ts';
import { type ActingAccount, type Operator, planningAt } from '../tenants/index.ts';
import { readRoom } from './rooms.ts';
import { quotasOf, selectTurns, type TurnRow, unknownTurn } from './rows.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Sees to it that each firm that comes has the exam, and may use the stations of the room. Done again, it does what is missing: for
 * stations that were enrolled since, and firms that came later. Firms that were left out since use the room no more.
 * @throws Refusal `turn-unknown`, `exam-other`, `unauthorised` where a firm has been moved from below who plans
 */
export async function provide(actor: ActingAccount, center: Center, id: TurnId): Promise<void> {
  const { db } = center;
  const [turn] = await selectTurns(db, center.now(), 't.id = $2', [id]);
  if (!turn) throw unknownTurn();
  const quotas = await quotasOf(db, id);
  const places = await placesOf(db, [turn.roomId, ...quotas.map(({ organisationId }) => organisationId)]);
  const owner = await ownerOf(actor, db, turn);
  for (const { tenantId, organisationId } of quotas) {
    const place = places.get(organisationId);
    if (!place) continue;
    const firm = { tenantId, actor: planningAt(actor, { tenantId, path: place.path }) };
    await handExam(owner, db, turn.examTenant, turn, firm);
  }
  const room = places.get(turn.roomId);
  if (!room) return;
  const keeper = planningAt(actor, { tenantId: turn.roomTenant, path: room.path });
  const stations = (await listStations(keeper, db, turn.roomTenant)).map((one) => one.id);
  const [given, { days }] = [await grantsOf(db, id), await readRoom(keeper, db, turn.roomTenant)];
  for (const { tenantId } of quotas.filter((one) => one.tenantId !== turn.roomTenant)) {
    const missing = stations.filter((one) => !given.some((of) => of.tenantId === tenantId && of.stationId === one));
    if (missing.length === 0) continue;
    const from = instant(new Date(turn.begins.getTime() - days * DAY_MS));
    const wish = { tenantId, stations: missing, exams: [turn.examId], from, until: instant(turn.ends) };
    const ids = await giveGrants(keeper, center, turn.roomTenant, wish);
    await noteGrants(db, { id, tenantId }, missing, ids);
  }
  const comes = new Set(quotas.map(({ tenantId }) => tenantId));
  await endGiven(
    keeper,
    center,
    turn,
    given.filter(({ tenantId }) => !comes.has(tenantId)),
  );
}

/** Whoever plans a turn has seen to it that the exam is theirs to plan with. */
async function ownerOf(actor: ActingAccount, db: Queries, { examTenant }: TurnRow) {
  const { path } = await placeOfTenant(db, examTenant);
  return planningAt(actor, { tenantId: examTenant, path });
}

const noteGrants = (
  db: Queries,
  of: { readonly id: TurnId; readonly tenantId: TenantId },
  stations: readonly StationId[],
  ids: readonly GrantId[],
): Promise<unknown> =>
  db.query(
    `INSERT INTO turn_grants (grant_id, turn_id, tenant_id, station_id)
     SELECT grant_id, $1, $2, station_id FROM unnest($3::text[], $4::text[]) AS g (grant_id, station_id)`,
    [of.id, of.tenantId, ids, stations],
  );

const Given = z.object({ grantId: GrantId, tenantId: TenantId, stationId: StationId });

export const grantsOf = (db: Queries, id: TurnId) =>
  select(
    db,
    Given,
    `SELECT grant_id AS "grantId", tenant_id AS "tenantId", station_id AS "stationId" FROM turn_grants
     WHERE turn_id = $1 AND ended_at IS NULL`,
    [id],
  );

/** Nobody uses the stations of the room for it any more. */
export async function endProvision(actor: ActingAccount, center: Center, turn: TurnRow): Promise<void> {
  const room = (await placesOf(center.db, [turn.roomId])).get(turn.roomId);
  if (!room) return;
  const keeper = planningAt(actor, { tenantId: turn.roomTenant, path: room.path });
  await endGiven(keeper, center, turn, await grantsOf(center.db, turn.id));
}

/** What has begun under them goes on to its end. */
async function endGiven(
  keeper: Operator,
  center: Center,
  { roomTenant }: Pick<TurnRow, 'roomTenant'>,
  given: readonly z.infer<typeof Given>[],
): Promise<void> {
  for (const { grantId } of given) {
    await endGrant(keeper, center, roomTenant, grantId);
    // It stays known as one of a turn: as one that was given by hand it would bring the whole roster.
    await center.db.query('UPDATE turn_grants SET ended_at = $2 WHERE grant_id = $1', [
      grantId,
      center.now().toISOString(),
    ]);
  }
}
