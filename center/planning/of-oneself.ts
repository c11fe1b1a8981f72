import { z } from 'zod';
import type { OwnTurn } from '../../contract/home/own-file.ts';
import { ExamId, instant, OrganisationId, type TenantId, TurnId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { select } from '../database/index.ts';
import { listExams } from '../exams/index.ts';
import { placesOf } from '../organisations/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { ABSENCE } from './absences.ts';

const Row = z.object({
  id: TurnId,
  examId: ExamId,
  roomId: OrganisationId,
  begins: z.date(),
  ends: z.date(),
  standing: z.enum(['coming', 'waiting', 'cancelled']),
  note: z.string(),
  absence: z.string().nullable(),
  mayCancel: z.boolean(),
});

/** More than anybody is signed up for. */
const MOST = 50;

/** Turns that whoever asks is signed up for and that are not over, the next one first. */
export async function turnsOfOneself(
  actor: Learner,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
): Promise<readonly OwnTurn[]> {
  mustLearn(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT t.id, t.exam_id AS "examId", t.room_id AS "roomId", t.begins_at AS begins, t.ends_at AS ends, t.note,
       CASE WHEN t.state = 'cancelled' THEN 'cancelled' WHEN e.state = 'waiting' THEN 'waiting' ELSE 'coming' END AS standing,
       ${ABSENCE} AS absence, t.state = 'open' AND t.sign_up_until > $3 AS "mayCancel"
     FROM turn_entries e JOIN turns t ON t.id = e.turn_id
     WHERE e.tenant_id = $1 AND e.candidate_id = $2 AND e.state <> 'cancelled'
       AND t.state IN ('open', 'closed', 'cancelled') AND t.ends_at > $3
     ORDER BY t.begins_at, t.id LIMIT ${MOST}`,
    [tenantId, actor.candidateId, now().toISOString()],
  );
  if (rows.length === 0) return [];
  // The firm got the exam when the turn was opened; the room may be another's, and whoever comes there may know its name.
  const titles = new Map((await listExams(actor, db, tenantId)).map(({ id, title }) => [id, title]));
  const rooms = await placesOf(
    db.as('*'),
    rows.map(({ roomId }) => roomId),
  );
  return rows.map(({ id, examId, roomId, begins, ends, standing, note, absence, mayCancel }) => ({
    ...{ id, title: titles.get(examId) ?? { zh: examId }, begins: instant(begins), ends: instant(ends) },
    ...{ room: rooms.get(roomId)?.name ?? '', standing, note, absence, mayCancel },
  }));
}
