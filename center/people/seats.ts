import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { DrawnSeats, SeatWish } from '../../contract/people-center/operator-api.ts';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { changing } from '../audit/index.ts';
import { inTransaction, type Queries, select } from '../database/index.ts';
import { mustHaveExam } from '../exams/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';

/**
 * Draws a seat for each candidate of an exam who has none, or `again` for all, in place of what was drawn before: nobody can
 * arrange to sit beside anybody.
 * @throws Refusal `room-too-small`, `no-exam`
 */
export async function drawSeats(actor: Manager, db: Queries, tenantId: TenantId, wish: SeatWish): Promise<DrawnSeats> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    await mustHaveExam(actor, tx, tenantId, wish.examId);
    const deed = { tenantId, what: 'seats-drawn', subject: { kind: 'seats', id: wish.examId } } as const;
    return changing(actor, tx, deed, seatsOfExam(tenantId, wish.examId), () => drawIn(tx, tenantId, wish));
  });
}

const Seated = z
  .object({ candidateId: CandidateId, name: z.string(), number: z.string(), seat: SeatLabel.nullable() })
  .readonly();

/** The people of an exam with their seats, row by row; those without one last. */
export async function listSeats(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
): Promise<readonly Readonly<z.infer<typeof Seated>>[]> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Seated,
    `SELECT id AS "candidateId", name, number, seat FROM candidates
     WHERE tenant_id = $1 AND exam_id = $2 AND left_at IS NULL ORDER BY name, id`,
    [tenantId, examId],
  );
  return rows.toSorted((a, b) => placeOf(a.seat) - placeOf(b.seat));
}

/** Rows before columns. */
function placeOf(seat: SeatLabel | null): number {
  if (seat === null) return Number.MAX_SAFE_INTEGER;
  const [row = 0, column = 0] = seat.split('-').map(Number);
  return row * 1_000 + column;
}

/** Who has which seat at an exam, for the audit log. One changes them at a time. */
export const seatsOfExam = (tenantId: TenantId, examId: ExamId) => async (tx: Queries) => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`seats ${tenantId} ${examId}`]);
  const sql = 'SELECT id, seat FROM candidates WHERE tenant_id = $1 AND exam_id = $2 AND seat IS NOT NULL ORDER BY id';
  return tx.query(sql, [tenantId, examId]);
};

async function drawIn(
  tx: Queries,
  tenantId: TenantId,
  { examId, rows, columns, again = false }: SeatWish,
): Promise<DrawnSeats> {
  const candidates = await select(
    tx,
    z.object({ candidateId: CandidateId, name: z.string(), seat: SeatLabel.nullable() }),
    `SELECT id AS "candidateId", name, seat FROM candidates
     WHERE tenant_id = $1 AND exam_id = $2 AND left_at IS NULL ORDER BY id`,
    [tenantId, examId],
  );
  const room = seatsOf(rows, columns);
  // A seat of another room is none.
  const isHere = (seat: SeatLabel | null): seat is SeatLabel => room.some((one) => one === seat);
  const known = again ? [] : candidates.flatMap(({ seat, ...who }) => (isHere(seat) ? [{ ...who, seat }] : []));
  const free = room.filter((seat) => !known.some((one) => one.seat === seat));
  const waiting = candidates.filter(({ candidateId }) => !known.some((one) => one.candidateId === candidateId));
  if (waiting.length > free.length)
    throw new Refusal('room-too-small', `${waiting.length} candidates, ${free.length} free seats`);
  // Fisher-Yates, as far as there is anybody to seat.
  const drawn = waiting.map((candidate, at) => {
    const other = randomInt(at, free.length);
    [free[at], free[other]] = [free[other] as SeatLabel, free[at] as SeatLabel];
    return { ...candidate, seat: free[at] as SeatLabel };
  });
  for (const { candidateId, seat } of drawn)
    await tx.query('UPDATE candidates SET seat = $3 WHERE tenant_id = $1 AND id = $2 AND left_at IS NULL', [
      ...[tenantId, candidateId, seat],
    ]);
  return { seats: [...known, ...drawn], drawn: drawn.length };
}

const seatsOf = (rows: number, columns: number): SeatLabel[] =>
  Array.from({ length: rows * columns }, (_, at) =>
    SeatLabel.parse(`${Math.floor(at / columns) + 1}-${(at % columns) + 1}`),
  );
