import { z } from 'zod';
import type { Claim } from '../../contract/station-center/center-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { selectOne } from '../database/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { isStray, keepStray, wayOf } from './stray.ts';

/** A station that was about to go on with a sitting and did not within this time has left it to the others again. */
export const ABOUT_TO_MS = 60_000;

const Row = z.object({ stationId: StationId, begun: z.boolean(), claimedAt: z.date() });

const FIRST = `SELECT station_id AS "stationId", begun, claimed_at AS "claimedAt" FROM claims
  WHERE tenant_id = $1 AND sitting_id = $2 FOR UPDATE`;

/**
 * The first station where a sitting goes on is the one. That it went on at another as well is kept, and changes nothing.
 * A claim of a station that the sitting was not moved to, nor from, is kept as evidence and takes it from nobody: whoever it
 * was moved to has it when they ask. Who brought it there by hand goes on, as where no center can be asked.
 * @returns which it is
 */
export async function claimSitting(
  { tenantId, id }: ActingStation,
  { db, now }: Center,
  { sittingId, begun = true }: Claim,
): Promise<StationId> {
  const at = now();
  return db.transaction(async (tx) => {
    const way = await wayOf(tx, tenantId, sittingId);
    const before = await selectOne(tx, Row, FIRST, [tenantId, sittingId]);
    const stray = (stationId: StationId) =>
      keepStray(tx, tenantId, { stationId, sittingId, kind: 'claim', detail: `moved to ${way?.to}`, saidAt: at });
    if (isStray(way, id)) {
      await stray(id);
      return before?.begun && !isStray(way, before.stationId) ? before.stationId : id;
    }
    if (before && isStray(way, before.stationId)) {
      await stray(before.stationId);
      await tx.query('DELETE FROM claims WHERE tenant_id = $1 AND sitting_id = $2', [tenantId, sittingId]);
    }
    await tx.query(
      `INSERT INTO claims (tenant_id, sitting_id, station_id, claimed_at, begun) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, sitting_id) DO NOTHING`,
      [tenantId, sittingId, id, at.toISOString(), begun],
    );
    const first = await selectOne(tx, Row, FIRST, [tenantId, sittingId]);
    if (!first) return id;
    if (first.stationId === id || (!first.begun && (begun || at.getTime() - first.claimedAt.getTime() > ABOUT_TO_MS))) {
      await tx.query(
        `UPDATE claims SET station_id = $3, claimed_at = $4, begun = begun OR $5 WHERE tenant_id = $1 AND sitting_id = $2`,
        [tenantId, sittingId, id, at.toISOString(), begun],
      );
      return id;
    }
    if (begun)
      await tx.query('UPDATE claims SET twice = true WHERE tenant_id = $1 AND sitting_id = $2', [tenantId, sittingId]);
    return first.stationId;
  });
}
