import { z } from 'zod';
import { StationId, TenantId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { type Queries, select, selectOne } from '../database/index.ts';

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

export const listStations = (db: Queries, tenantId: TenantId): Promise<readonly Station[]> =>
  select(
    db,
    Station,
    `SELECT id, tenant_id AS "tenantId", name, public_key AS "publicKey", certificate
     FROM stations WHERE tenant_id = $1 ORDER BY name, id`,
    [tenantId],
  );

export async function addStation(db: Queries, station: Station, enrolledAt: Date): Promise<void> {
  const { tenantId, id, name, publicKey, certificate } = station;
  await db.query(
    'INSERT INTO stations (tenant_id, id, name, public_key, certificate, enrolled_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [tenantId, id, name, publicKey, certificate, enrolledAt.toISOString()],
  );
}
