import { z } from 'zod';
import { CandidateId, ExamId, StationId, type TenantId } from '../../contract/words/ids.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { type Queries, select } from '../database/index.ts';
import { examTitles } from '../exams/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { hasRecord } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

/** Whether a sitting that moved (a row called `m`) is over: by a record, or because somebody released what had begun. */
export const IS_OVER = `(${hasRecord('m.tenant_id', 'm.sitting_id')} OR EXISTS (SELECT 1 FROM beginnings let
  WHERE let.tenant_id = m.tenant_id AND let.sitting_id = m.sitting_id AND let.released_at IS NOT NULL))`;

/**
 * Moves of sittings that are not over: SQL to select from, with a condition that more can be added to by AND. Its table is
 * called `m`.
 */
export const OPEN_MOVES = `moves m WHERE NOT ${IS_OVER}`;

/** Whether a sitting that began (a row called `b`) has left its station: its move counts from then on. */
export const MOVED_AWAY = `EXISTS (SELECT 1 FROM moves gone WHERE gone.tenant_id = b.tenant_id AND gone.sitting_id = b.sitting_id)`;

const Row = z.object({
  candidateId: CandidateId,
  examId: ExamId,
  from: StationId,
  to: StationId,
  movedAt: z.date(),
});

export type ListedMove = {
  /** `null` where nobody on the roster has the candidate's id any more. */
  readonly name: string | null;
  readonly title: Localized;
  /** Names of stations. */
  readonly from: string;
  readonly to: string;
  readonly movedAt: Date;
};

/** Exams that left one station and that no record has ended: each is somebody who still has to go on, or never did. */
export async function listOpenMoves(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly ListedMove[]> {
  mustRead(actor, tenantId);
  const titles = await examTitles(actor, db, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT m.candidate_id AS "candidateId", m.exam_id AS "examId", m.from_station AS "from", m.to_station AS "to",
       m.moved_at AS "movedAt"
     FROM ${OPEN_MOVES} AND m.tenant_id = $1 AND m.exam_id = ANY($2::text[])
     ORDER BY m.moved_at DESC LIMIT 100`,
    [tenantId, [...titles.keys()]],
  );
  const candidateIds = rows.map(({ candidateId }) => candidateId);
  const candidates = await candidatesByIds(actor, db, tenantId, candidateIds);
  const stationIds = rows.flatMap(({ from, to }) => [from, to]);
  const stations = await stationNames(actor, db, tenantId, stationIds);
  return rows.flatMap(({ candidateId, examId, from, to, movedAt }) => {
    const title = titles.get(examId);
    const name = candidates.get(candidateId)?.name ?? null;
    return title ? [{ name, title, from: stations.get(from) ?? from, to: stations.get(to) ?? to, movedAt }] : [];
  });
}
