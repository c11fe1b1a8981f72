import { z } from 'zod';
import { CandidateId, ExamId, StationId, type TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { hasRecord } from '../results/index.ts';
import { type ActingStation, mustRead, type Reader } from '../tenants/index.ts';
import { OPEN_MOVES } from './open-moves.ts';

const Sitter = z.object({ candidateId: CandidateId, examId: ExamId });

/** Who sits at a station by what it said, and whose exam was moved to it and goes on there. */
export async function sittingAt(
  { tenantId, id }: ActingStation,
  { db, now }: Pick<Center, 'db' | 'now'>,
): Promise<readonly Readonly<z.infer<typeof Sitter>>[]> {
  return select(
    db,
    Sitter,
    `SELECT b.candidate_id AS "candidateId", b.exam_id AS "examId" FROM beginnings b
     WHERE b.tenant_id = $1 AND b.station_id = $2 AND NOT b.over AND b.released_at IS NULL AND b.holds_until > $3
       AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')}
     UNION SELECT m.candidate_id, m.exam_id FROM ${OPEN_MOVES} AND m.tenant_id = $1 AND m.to_station = $2`,
    [tenantId, id, now().toISOString()],
  );
}

const Heard = z.object({ candidateId: CandidateId, stationId: StationId, begun: z.boolean(), over: z.boolean() });

/** What stations said of these people at an exam since a moment: the last of each. */
export async function heardSince(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { examId, ids }: { readonly examId: ExamId; readonly ids: readonly CandidateId[] },
  since: Date,
): Promise<readonly Readonly<z.infer<typeof Heard>>[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    Heard,
    `SELECT DISTINCT ON (b.candidate_id) b.candidate_id AS "candidateId", b.station_id AS "stationId", b.begun, b.over
     FROM beginnings b WHERE b.tenant_id = $1 AND b.candidate_id = ANY($2::text[]) AND b.exam_id = $3 AND b.asked_at >= $4
       AND b.released_at IS NULL
     ORDER BY b.candidate_id, b.heard_at DESC`,
    [tenantId, ids, examId, since.toISOString()],
  );
}

/**
 * SQL: whether somebody sits, or sat what has come to no record yet and nobody released.
 * @param now a parameter of the query around it; the others are columns of it
 */
export const sitsStill = (tenantId: string, candidateId: string, now: string): string => `EXISTS (
  SELECT 1 FROM beginnings b WHERE b.tenant_id = ${tenantId} AND b.candidate_id = ${candidateId} AND b.released_at IS NULL
    AND (b.begun OR b.holds_until > ${now}) AND NOT ${hasRecord('b.tenant_id', 'b.sitting_id')})`;
