import { z } from 'zod';
import { KnownMove, type Mail, type PutRescue } from '../../contract/station-center/center-api.ts';
import { Sha256, StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../center.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { ABOUT_TO_MS } from './claims.ts';
import { OPEN_MOVES } from './open-moves.ts';
import { findStation, type Station } from './stations.ts';

/** A sitting that is not taken up within this time will not be. */
const KEPT_MS = 2 * 24 * 3_600_000;

/**
 * Keeps a rescue file for the station it is for. What is in it the center cannot read.
 * @throws Refusal `station-unknown` where this tenant has no such station
 */
export async function putRescue({ db, now }: Center, from: Station, put: PutRescue): Promise<void> {
  const { tenantId } = from;
  const { to, sittingId, candidateId, examId, file } = put;
  if ((await findStation(db, to))?.tenantId !== tenantId) throw new Refusal('station-unknown', to);
  const bytes = Buffer.from(file, 'base64');
  const at = now();
  await db.query('DELETE FROM rescues WHERE posted_at < $1', [new Date(at.getTime() - KEPT_MS).toISOString()]);
  await db.query(
    `INSERT INTO rescues (tenant_id, hash, from_station, to_station, sitting_id, bytes, posted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, hash) DO NOTHING`,
    [tenantId, sha256(bytes), from.id, to, sittingId, bytes, at.toISOString()],
  );
  // Where it goes by the last word of the station it comes from.
  await db.query(
    `INSERT INTO moves (tenant_id, sitting_id, candidate_id, exam_id, from_station, to_station, moved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, sitting_id) DO UPDATE SET to_station = excluded.to_station, moved_at = excluded.moved_at
     WHERE moves.from_station = excluded.from_station`,
    [tenantId, sittingId, candidateId, examId, from.id, to, at.toISOString()],
  );
}

const DAY_MS = 24 * 3_600_000;
const Row = KnownMove.unwrap().extend({ begunBy: StationId.nullable(), twice: z.boolean().nullable() });

/** What was moved in the last day, and what became of it. */
export async function recentMoves({ db, now }: Center, tenantId: TenantId): Promise<Mail['moves']> {
  const at = now().getTime();
  const rows = await select(
    db,
    Row,
    `SELECT a.sitting_id AS "sittingId", a.candidate_id AS "candidateId", a.exam_id AS "examId", a.to_station AS "to",
       CASE WHEN c.begun OR c.claimed_at > $3 THEN c.station_id END AS "begunBy", c.twice,
       NOT EXISTS (SELECT 1 FROM ${OPEN_MOVES} AND m.tenant_id = a.tenant_id AND m.sitting_id = a.sitting_id) AS over
     FROM moves a LEFT JOIN claims c ON c.tenant_id = a.tenant_id AND c.sitting_id = a.sitting_id
     WHERE a.tenant_id = $1 AND a.moved_at > $2 ORDER BY a.moved_at`,
    [tenantId, new Date(at - DAY_MS).toISOString(), new Date(at - ABOUT_TO_MS).toISOString()],
  );
  return rows.map(({ begunBy, twice, ...move }) => ({
    ...move,
    ...(begunBy ? { begunBy } : {}),
    ...(twice ? { twice } : {}),
  }));
}

/** Hashes of the files for this station, oldest first. */
export async function rescuesFor(db: Queries, { tenantId, id }: Station): Promise<readonly Sha256[]> {
  const sql = 'SELECT hash FROM rescues WHERE tenant_id = $1 AND to_station = $2 ORDER BY posted_at';
  const rows = await select(db, z.object({ hash: Sha256 }), sql, [tenantId, id]);
  return rows.map(({ hash }) => hash);
}

/** @throws Refusal `rescue-foreign` where no file for this station has this hash */
export async function readRescue(
  db: Queries,
  { tenantId, id }: { readonly tenantId: TenantId; readonly id: StationId },
  hash: Sha256,
): Promise<Uint8Array> {
  const shape = z.object({ bytes: z.instanceof(Uint8Array) });
  const sql = 'SELECT bytes FROM rescues WHERE tenant_id = $1 AND to_station = $2 AND hash = $3';
  const row = await selectOne(db, shape, sql, [tenantId, id, hash]);
  if (!row) throw new Refusal('rescue-foreign');
  return row.bytes;
}
