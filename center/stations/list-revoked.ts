import { z } from 'zod';
import type { ListedStation, ListedStations, RevokedStation } from '../../contract/people-center/operator-api.ts';
import { RevocationCause } from '../../contract/records/revocations.ts';
import { instant, StationId, type TenantId } from '../../contract/words/ids.ts';
import { keyId, verifyCertificate, verifyRevocation } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({ id: StationId, jws: z.string(), note: z.string(), revokedAt: z.date(), refused: z.int() });

/** The stations of a firm that are revoked, and what was asked with their keys since. */
export async function revokedStations(
  actor: Reader,
  { db, signer }: Pick<Center, 'db' | 'signer'>,
  tenantId: TenantId,
): Promise<ReadonlyMap<StationId, RevokedStation>> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT station_id AS id, jws, note, revoked_at AS "revokedAt", refused FROM revocations WHERE tenant_id = $1`,
    [tenantId],
  );
  const requests = await select(
    db,
    z.object({ id: StationId, jws: z.string() }),
    'SELECT station_id AS id, jws FROM refused_requests WHERE tenant_id = $1 ORDER BY heard_at, jws',
    [tenantId],
  );
  return new Map(
    rows.map(({ id, jws, note, revokedAt, refused }) => {
      const cause = verifyRevocation(jws, id, signer.publicKey)?.cause ?? RevocationCause.enum.other;
      const its = requests.filter((request) => request.id === id).map((request) => request.jws);
      return [id, { at: instant(revokedAt), cause, note, refused, requests: its }];
    }),
  );
}

/** Every station of a firm that ever enrolled. */
export async function listEveryStation(
  actor: Reader,
  center: Pick<Center, 'db' | 'signer'>,
  tenantId: TenantId,
): Promise<ListedStations> {
  mustRead(actor, tenantId);
  const revoked = await revokedStations(actor, center, tenantId);
  const stations = await select(
    center.db,
    Listed,
    `SELECT id, name, certificate, fresh_key_since AS wished,
       (SELECT count(*)::int FROM former_keys WHERE station_id = s.id) AS former
     FROM stations s WHERE tenant_id = $1 ORDER BY name, id`,
    [tenantId],
  );
  return {
    stations: stations.map(({ id, name, ...held }) => {
      const [its, key] = [revoked.get(id), keyOf(center, held)];
      return { id, name, ...(key ? { key } : {}), ...(its ? { revoked: its } : {}) };
    }),
  };
}

const Listed = z.object({
  ...{ id: StationId, name: z.string(), certificate: z.string() },
  ...{ former: z.int(), wished: z.date().nullable() },
});

function keyOf(
  { signer }: Pick<Center, 'signer'>,
  held: Omit<z.infer<typeof Listed>, 'id' | 'name'>,
): ListedStation['key'] {
  const vouched = verifyCertificate(held.certificate, signer.publicKey);
  if (!vouched.ok) return undefined;
  const { publicKey, issuedAt } = vouched.certificate;
  const wished = held.wished ? { wished: instant(held.wished) } : {};
  return { keyId: keyId(publicKey), since: issuedAt, former: held.former, ...wished };
}
