import { z } from 'zod';
import type { PutRescue } from '../../contract/station-center/center-api.ts';
import { type Instant, Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { usableStations } from '../stations/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { keepStray, wayOf } from './stray.ts';

/** A sitting that is not taken up within this time will not be. */
const KEPT_MS = 2 * 24 * 3_600_000;

/**
 * Keeps a rescue file for the station it is for. What is in it the center cannot read. A file for a sitting that another
 * station moved is kept as evidence of that only, and delivered to nobody.
 * @param saidAt by the station's clock, as signed
 * @throws Refusal `station-unknown` where this tenant may use no such station
 */
export async function putRescue(from: ActingStation, center: Center, put: PutRescue, saidAt: Instant): Promise<void> {
  const { db, now } = center;
  const { tenantId } = from;
  const { to, sittingId, candidateId, examId, file } = put;
  const usable = await usableStations(from, center, tenantId);
  if (!usable.some(({ id }) => id === to)) throw new Refusal('station-unknown', to);
  const bytes = Buffer.from(file, 'base64');
  const at = now();
  const way = await wayOf(db, tenantId, sittingId);
  if (way && way.from !== from.id) {
    const detail = `moved from ${way.from} before`;
    return keepStray(db, tenantId, { stationId: from.id, sittingId, kind: 'rescue', detail, saidAt: at });
  }
  await db.query('DELETE FROM rescues WHERE posted_at < $1', [new Date(at.getTime() - KEPT_MS).toISOString()]);
  await db.query(
    `INSERT INTO rescues (tenant_id, hash, from_station, to_station, sitting_id, bytes, posted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, hash) DO NOTHING`,
    [tenantId, sha256(bytes), from.id, to, sittingId, bytes, at.toISOString()],
  );
  // Where it goes by the last word of the station it comes from: whoever sends an earlier one again changes nothing.
  await db.query(
    `INSERT INTO moves (tenant_id, sitting_id, candidate_id, exam_id, from_station, to_station, moved_at, said_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, sitting_id) DO UPDATE
       SET to_station = excluded.to_station, moved_at = excluded.moved_at, said_at = excluded.said_at
     WHERE moves.from_station = excluded.from_station AND coalesce(moves.said_at < excluded.said_at, true)`,
    [tenantId, sittingId, candidateId, examId, from.id, to, at.toISOString(), saidAt],
  );
}

/** Hashes of the files for this station, oldest first. */
export async function rescuesFor({ tenantId, id }: ActingStation, db: Queries): Promise<readonly Sha256[]> {
  const sql = 'SELECT hash FROM rescues WHERE tenant_id = $1 AND to_station = $2 ORDER BY posted_at';
  const rows = await select(db, z.object({ hash: Sha256 }), sql, [tenantId, id]);
  return rows.map(({ hash }) => hash);
}

/** @throws Refusal `rescue-foreign` where no file for this station has this hash */
export async function readRescue({ tenantId, id }: ActingStation, db: Queries, hash: Sha256): Promise<Uint8Array> {
  const shape = z.object({ bytes: z.instanceof(Uint8Array) });
  const sql = 'SELECT bytes FROM rescues WHERE tenant_id = $1 AND to_station = $2 AND hash = $3';
  const row = await selectOne(db, shape, sql, [tenantId, id, hash]);
  if (!row) throw new Refusal('rescue-foreign');
  return row.bytes;
}
