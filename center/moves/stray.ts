import { z } from 'zod';
import type { ListedStrayMove } from '../../contract/people-center/disputes.ts';
import { instant, SittingId, StationId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** Between which stations a sitting was moved, by the last word of the one it comes from. */
export type KnownWay = { readonly from: StationId; readonly to: StationId };
const Way = z.object({ from: StationId, to: StationId });

export const wayOf = (db: Queries, tenantId: TenantId, sittingId: SittingId): Promise<KnownWay | undefined> =>
  selectOne(
    db,
    Way,
    'SELECT from_station AS "from", to_station AS "to" FROM moves WHERE tenant_id = $1 AND sitting_id = $2',
    [tenantId, sittingId],
  );

/** Whether a station has nothing to do with a sitting, as far as the center was told. A way that goes by hand it hears of late. */
export const isStray = (way: KnownWay | undefined, station: StationId): boolean =>
  way !== undefined && way.from !== station && way.to !== station;

/** A station that says a thousand such things is known by the first of them. */
const MOST_OF_A_STATION = 1_000;

export async function keepStray(
  db: Queries,
  tenantId: TenantId,
  { stationId, sittingId, kind, detail, saidAt }: Omit<ListedStrayMove, 'saidAt'> & { readonly saidAt: Date },
): Promise<void> {
  await db.query(
    `INSERT INTO stray_moves (tenant_id, station_id, sitting_id, kind, detail, said_at)
     SELECT $1, $2, $3, $4, $5, $6
     WHERE (SELECT count(*) FROM stray_moves WHERE tenant_id = $1 AND station_id = $2) < ${MOST_OF_A_STATION}
     ON CONFLICT (tenant_id, station_id, sitting_id, kind) DO NOTHING`,
    [tenantId, stationId, sittingId, kind, detail, saidAt.toISOString()],
  );
}

const Row = z.object({
  stationId: StationId,
  sittingId: SittingId,
  kind: z.enum(['claim', 'rescue']),
  detail: z.string(),
  saidAt: z.date(),
});

/** What stations said of moves that are not theirs, the newest first. */
export async function listStrayMoves(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly ListedStrayMove[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT station_id AS "stationId", sitting_id AS "sittingId", kind, detail, said_at AS "saidAt"
     FROM stray_moves WHERE tenant_id = $1 ORDER BY said_at DESC, station_id, sitting_id LIMIT 1000`,
    [tenantId],
  );
  return rows.map(({ saidAt, ...stray }) => ({ ...stray, saidAt: instant(saidAt) }));
}
