import { z } from 'zod';
import { grantEndEntry, grantEntry } from '../../contract/log/entries.ts';
import type { GivenGrants, GrantWish, ListedGrant } from '../../contract/people-center/operator-api.ts';
import type { Grant } from '../../contract/records/grants.ts';
import { GrantId, instant, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { verifyGrant } from '../../proof/index.ts';
import { type Deed, noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { logEntries, openLog } from '../log/index.ts';
import { type Manager, mustManage, tenantNames } from '../tenants/index.ts';
import { endOf, Listed } from './grants.ts';
import { listStations, type Station } from './stations.ts';

/**
 * Lets another firm use stations of this one: a grant for each of them.
 * @returns them, in the order of the stations
 * @throws Refusal `station-unknown` (no such station of this tenant), `bad-message` (no such firm, or the tenant itself)
 */
export async function giveGrants(
  actor: Manager,
  center: Center,
  tenantId: TenantId,
  wish: GrantWish,
): Promise<readonly GrantId[]> {
  mustManage(actor, tenantId);
  const { db, signer, now } = center;
  if (wish.tenantId === tenantId) throw new Refusal('bad-message', 'a firm uses its own stations without a grant');
  if (!(await tenantNames(db.as([wish.tenantId]), [wish.tenantId])).has(wish.tenantId))
    throw new Refusal('bad-message', `there is no firm ${wish.tenantId}`);
  const grants = (await wantedStations(actor, center, tenantId, wish)).map(({ id: stationId }): Grant => {
    const { tenantId: to, exams, from, until } = wish;
    const id = GrantId.parse(makeId('gr'));
    return { format: 'exam-station/grant@1', id, stationId, tenantId: to, exams, from, until };
  });
  const given = grants.map((grant) => ({ grant, jws: signer.sign('exam-station/grant', grant) }));
  await db.transaction(async (tx) => {
    for (const { grant, jws } of given) {
      await tx.query(
        `INSERT INTO grants (tenant_id, id, owner_id, station_id, jws, begins_at, ends_at, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          ...[grant.tenantId, grant.id, tenantId, grant.stationId, jws],
          ...[grant.from, grant.until, now().toISOString()],
        ],
      );
    }
    await logEntries(
      tx,
      center,
      given.map(({ jws }) => grantEntry(jws)),
    );
    for (const { grant } of given)
      for (const deed of deedsOf('grant-given', tenantId, grant)) await noteDone(actor, tx, deed);
  });
  return grants.map(({ id }) => id);
}

async function wantedStations(
  actor: Manager,
  { db }: Center,
  tenantId: TenantId,
  { stations: wanted }: GrantWish,
): Promise<readonly Station[]> {
  const own = await listStations(actor, db, tenantId);
  if (wanted === 'all' && own.length === 0) throw new Refusal('station-unknown', 'there is no station');
  if (wanted === 'all') return own;
  return wanted.map((id) => {
    const station = own.find((one) => one.id === id);
    if (!station) throw new Refusal('station-unknown', id);
    return station;
  });
}

/** Those this tenant gave, and those it was given; the newest first. */
export async function listGrants(actor: Manager, { db, keys }: Center, tenantId: TenantId): Promise<GivenGrants> {
  mustManage(actor, tenantId);
  const rows = await select(
    db,
    Listed,
    `SELECT g.id, g.jws, g.station_id AS "stationId", s.name AS station, g.owner_id AS "ownerId", g.ended_at AS "endedAt"
     FROM grants g JOIN stations s ON s.id = g.station_id
     WHERE g.owner_id = $1 OR g.tenant_id = $1 ORDER BY g.given_at DESC, g.id LIMIT 10000`,
    [tenantId],
  );
  const read = rows.flatMap(({ jws, ...row }) => {
    const given = verifyGrant(jws, keys, 'logged');
    return given.ok ? [{ ...row, grant: given.grant }] : [];
  });
  const sides = read.flatMap(({ ownerId, grant }) => [ownerId, grant.tenantId]);
  // Whose stations one uses, and who uses one's own, one may know.
  const names = await tenantNames(db.as(sides), sides);
  const firm = (id: TenantId) => ({ id, name: names.get(id) ?? id });
  const grants = read.map(({ grant, ownerId, stationId, station, endedAt }): ListedGrant => {
    const { id, exams, from } = grant;
    const told = { owner: firm(ownerId), tenant: firm(grant.tenantId), station: { id: stationId, name: station } };
    return { id, ...told, exams, from, until: endOf(grant, endedAt), ended: endedAt !== null };
  });
  return { grants };
}

/**
 * Ends a grant now: what began under it goes on to its end, and nothing begins any more. Ended again, nothing changes.
 * @throws Refusal `grant-missing` where this tenant gave no such grant
 */
export async function endGrant(actor: Manager, center: Center, tenantId: TenantId, id: GrantId): Promise<void> {
  mustManage(actor, tenantId);
  await center.db.transaction(async (tx) => {
    // The log before its row, as whoever revokes a station does: two that wait for each other would end neither.
    await openLog(tx);
    const [grant] = await select(
      tx,
      z.object({ tenantId: TenantId, endedAt: z.date().nullable() }),
      `SELECT tenant_id AS "tenantId", ended_at AS "endedAt" FROM grants WHERE owner_id = $1 AND id = $2 FOR UPDATE`,
      [tenantId, id],
    );
    if (!grant) throw new Refusal('grant-missing', id);
    if (grant.endedAt) return;
    for (const deed of await endGrants(tx, center, tenantId, [{ id, tenantId: grant.tenantId }]))
      await noteDone(actor, tx, deed);
  });
}

/**
 * Ends them now, and logs that: from then on nobody can say that one still ran.
 * @returns what is to be written down of it, behind all else in the transaction
 */
export async function endGrants(
  tx: Queries,
  center: Center,
  owner: TenantId,
  grants: readonly Pick<Grant, 'id' | 'tenantId'>[],
): Promise<readonly Deed[]> {
  const at = center.now();
  if (grants.length === 0) return [];
  const ids = grants.map(({ id }) => id);
  await tx.query('UPDATE grants SET ended_at = $2 WHERE id = ANY($1::text[])', [ids, at.toISOString()]);
  await logEntries(
    tx,
    center,
    ids.map((id) => grantEndEntry(id, instant(at))),
  );
  return grants.flatMap((grant) => deedsOf('grant-ended', owner, grant));
}

/** Both firms have it in their audit log: whose stations they are, and who may use them. */
const deedsOf = (
  what: 'grant-given' | 'grant-ended',
  owner: TenantId,
  { id, tenantId }: Pick<Grant, 'id' | 'tenantId'>,
): readonly Deed[] => [owner, tenantId].map((firm) => ({ tenantId: firm, what, subject: { kind: 'grant', id } }));
