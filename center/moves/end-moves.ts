import type { StationId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { hasRecord } from '../results/index.ts';

/**
 * What a revoked station has to do with exams that move ends: nothing is delivered to it or in its name, no exam waits for it,
 * and whoever's exam it sent away begins anew elsewhere. Whoever's exam was sent to it can be sent on by the station that did.
 */
export async function endMovesOf(tx: Queries, station: StationId): Promise<void> {
  await tx.query('DELETE FROM rescues WHERE from_station = $1 OR to_station = $1', [station]);
  for (const [table, column] of [
    ['claims', 'station_id'],
    ['moves', 'from_station'],
  ] as const)
    await tx.query(
      `DELETE FROM ${table} t WHERE t.${column} = $1 AND NOT ${hasRecord('t.tenant_id', 't.sitting_id')}`,
      [station],
    );
}
