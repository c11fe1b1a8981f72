import { z } from 'zod';
import { StationId, TenantId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Member, mustActFor } from '../tenants/index.ts';
import { type Errand, givenAt, IS_GIVEN, WAS_GIVEN } from './grants.ts';
import { IS_REVOKED } from './revoked.ts';

const Station = z.object({
  id: StationId,
  tenantId: TenantId,
  name: z.string(),
  publicKey: PublicKey,
  certificate: z.string(),
});
/** A station that the center has vouched for. */
export type Station = Readonly<z.infer<typeof Station>>;

/** The one look-up without a tenant: who is asking decides whose data the request may see. */
export const findStation = (db: Queries, id: StationId): Promise<Station | undefined> =>
  selectOne(
    db,
    Station,
    'SELECT id, tenant_id AS "tenantId", name, public_key AS "publicKey", certificate FROM stations WHERE id = $1',
    [id],
  );

/** A station of this tenant, or `undefined`. */
export async function stationOfTenant(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  id: StationId,
): Promise<Station | undefined> {
  mustActFor(actor, tenantId);
  const station = await findStation(db, id);
  return station?.tenantId === tenantId ? station : undefined;
}

/** Those that are not revoked. */
export async function listStations(actor: Member, db: Queries, tenantId: TenantId): Promise<readonly Station[]> {
  mustActFor(actor, tenantId);
  return select(
    db,
    Station,
    `SELECT id, tenant_id AS "tenantId", name, public_key AS "publicKey", certificate
     FROM stations s WHERE tenant_id = $1 AND NOT ${IS_REVOKED} ORDER BY name, id`,
    [tenantId],
  );
}

/** The stations this tenant may use: its own, and those of others by a grant. One that is revoked is nobody's to use. */
export async function usableStations(
  actor: Member,
  { db, now }: Center,
  tenantId: TenantId,
  errand: Errand = 'exams',
): Promise<readonly Station[]> {
  mustActFor(actor, tenantId);
  return select(
    db,
    Station,
    `SELECT id, tenant_id AS "tenantId", name, public_key AS "publicKey", certificate
     FROM stations s WHERE (s.tenant_id = $1 OR ${IS_GIVEN}) AND NOT ${IS_REVOKED} ORDER BY name, id`,
    [tenantId, ...givenAt(now(), errand)],
  );
}

/** A station that is or was this tenant's to use, or `undefined`. */
export async function stationUsedBy(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  id: StationId,
): Promise<Station | undefined> {
  mustActFor(actor, tenantId);
  return selectOne(
    db,
    Station,
    `SELECT id, tenant_id AS "tenantId", name, public_key AS "publicKey", certificate
     FROM stations s WHERE s.id = $2 AND (s.tenant_id = $1 OR ${WAS_GIVEN})`,
    [tenantId, id],
  );
}

const Named = z.object({ id: StationId, name: z.string() });

/** Of those that are or were this tenant's to use. */
export async function stationNames(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  ids: readonly StationId[],
): Promise<ReadonlyMap<StationId, string>> {
  mustActFor(actor, tenantId);
  const sql = `SELECT id, name FROM stations s WHERE (s.tenant_id = $1 OR ${WAS_GIVEN}) AND s.id = ANY($2::text[])`;
  const rows = await select(db, Named, sql, [tenantId, [...new Set(ids)]]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function addStation(db: Queries, station: Station, enrolledAt: Date): Promise<void> {
  const { tenantId, id, name, publicKey, certificate } = station;
  await db.query(
    'INSERT INTO stations (tenant_id, id, name, public_key, certificate, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [tenantId, id, name, publicKey, certificate, enrolledAt.toISOString()],
  );
}

/** Of any firm, for whoever has found out which firms somebody may see. */
export async function namesOfStations(db: Queries, ids: readonly StationId[]): Promise<ReadonlyMap<StationId, string>> {
  const sql = 'SELECT id, name FROM stations WHERE id = ANY($1::text[])';
  return new Map((await select(db, Named, sql, [[...new Set(ids)]])).map(({ id, name }) => [id, name]));
}
