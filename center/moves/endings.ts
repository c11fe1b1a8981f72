import { z } from 'zod';
import { type Instant, SittingId, type StationId, TenantId } from '../../contract/words/ids.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import type { Deed } from '../audit/index.ts';
import { type Queries, select } from '../database/index.ts';
import { endCommandsFor } from '../proctoring/index.ts';
import { hasRecord } from '../results/index.ts';
import type { Ending } from '../stations/index.ts';
import { MOVED_AWAY } from './open-moves.ts';

/**
 * What a revoked station has to do with exams that move ends: nothing is delivered to it or in its name, no exam waits for it,
 * and whoever's exam it sent away begins anew elsewhere, but where another station has gone on with that. Whoever's exam was
 * sent to it can be sent on by the station that did.
 */
async function endMovesOf(tx: Queries, station: StationId): Promise<readonly Deed[]> {
  await tx.query('DELETE FROM rescues WHERE from_station = $1 OR to_station = $1', [station]);
  const unended = `NOT ${hasRecord('t.tenant_id', 't.sitting_id')}`;
  await tx.query(`DELETE FROM claims t WHERE t.station_id = $1 AND ${unended}`, [station]);
  await tx.query(
    `DELETE FROM moves t WHERE t.from_station = $1 AND ${unended} AND NOT EXISTS (
       SELECT 1 FROM claims c WHERE c.tenant_id = t.tenant_id AND c.sitting_id = t.sitting_id AND c.begun)`,
    [station],
  );
  return [];
}

const Released = z.object({ tenantId: TenantId, sittingId: SittingId });
const WHY: Reason = 'station-revoked';

/** Nothing that began there comes to a record any more: it holds nobody, and uses up no attempt. What has moved away goes on. */
async function endBeginningsOf(tx: Queries, station: StationId, at: Instant): Promise<readonly Deed[]> {
  const released = await select(
    tx,
    Released,
    `UPDATE beginnings b SET released_by = $2, released_note = '', released_at = $3
     WHERE b.station_id = $1 AND b.begun AND b.released_at IS NULL AND NOT ${MOVED_AWAY}
       AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')}
     RETURNING b.tenant_id AS "tenantId", b.sitting_id AS "sittingId"`,
    [station, WHY, at],
  );
  return released.map(({ tenantId, sittingId }) => ({
    ...{ tenantId, what: 'beginning-released', subject: { kind: 'sitting', id: sittingId } },
  }));
}

/** All that ends with a station which is revoked, in this order. */
export const ENDINGS: readonly Ending[] = [endCommandsFor, endMovesOf, endBeginningsOf];
