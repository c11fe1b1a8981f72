import { z } from 'zod';
import { KnownMove, type Mail } from '../../contract/station-center/center-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { select } from '../database/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { ABOUT_TO_MS } from './claims.ts';
import { IS_OVER } from './open-moves.ts';

const DAY_MS = 24 * 3_600_000;
const Row = KnownMove.unwrap().extend({ begunBy: StationId.nullable(), twice: z.boolean().nullable() });

/** What was moved in the last day, and what became of it. */
export async function recentMoves({ tenantId }: ActingStation, { db, now }: Center): Promise<Mail['moves']> {
  const at = now().getTime();
  const rows = await select(
    db,
    Row,
    `SELECT m.sitting_id AS "sittingId", m.candidate_id AS "candidateId", m.exam_id AS "examId", m.to_station AS "to",
       CASE WHEN c.begun OR c.claimed_at > $3 THEN c.station_id END AS "begunBy", c.twice,
       ${IS_OVER} AS over
     FROM moves m LEFT JOIN claims c ON c.tenant_id = m.tenant_id AND c.sitting_id = m.sitting_id
     WHERE m.tenant_id = $1 AND m.moved_at > $2 ORDER BY m.moved_at`,
    [tenantId, new Date(at - DAY_MS).toISOString(), new Date(at - ABOUT_TO_MS).toISOString()],
  );
  return rows.map(({ begunBy, twice, ...move }) => ({
    ...move,
    ...(begunBy ? { begunBy } : {}),
    ...(twice ? { twice } : {}),
  }));
}
