import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { DrawnSeats, SeatWish } from '../../contract/center-api.ts';
import { CandidateId, type TenantId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import { SeatLabel } from '../../contract/seat-label.ts';
import { type Queries, select } from '../database/index.ts';
import { mustHaveExam } from './candidates.ts';

/**
 * Draws a seat for each candidate of an exam, in place of what was drawn before: nobody can arrange to sit beside anybody.
 * @throws Refusal `room-too-small`, `no-exam`
 */
export async function drawSeats(
  tx: Queries,
  tenantId: TenantId,
  { examId, rows, columns }: SeatWish,
): Promise<DrawnSeats> {
  await mustHaveExam(tx, tenantId, examId);
  const candidates = await select(
    tx,
    z.object({ candidateId: CandidateId, name: z.string() }),
    'SELECT id AS "candidateId", name FROM candidates WHERE tenant_id = $1 AND exam_id = $2 ORDER BY id',
    [tenantId, examId],
  );
  const all = Array.from(
    { length: rows * columns },
    (_, at) => `${Math.floor(at / columns) + 1}-${(at % columns) + 1}`,
  );
  if (candidates.length > all.length)
    throw new Refusal('room-too-small', `${candidates.length} candidates, ${all.length} seats`);
  // Fisher-Yates, as far as there is anybody to seat.
  const seats = candidates.map((candidate, at) => {
    const other = randomInt(at, all.length);
    [all[at], all[other]] = [all[other] as string, all[at] as string];
    return { ...candidate, seat: SeatLabel.parse(all[at]) };
  });
  for (const { candidateId, seat } of seats)
    await tx.query('UPDATE candidates SET seat = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, candidateId, seat]);
  return { seats };
}
