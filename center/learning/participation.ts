import { Participation } from '../../contract/people-center/operator-api.ts';
import { ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { isOnRoster } from '../people/index.ts';
import { hasBegun, hasCompleted } from '../results/index.ts';

export const NOBODY: Participation = { assigned: 0, begun: 0, completed: 0 };

const OfCourse = Participation.unwrap().extend({ examId: ExamId });

const BEGUN = hasBegun('s.tenant_id', 's.exam_id', 's.candidate_id');
/** Whoever has left studies no more. */
const HERE = isOnRoster('s.tenant_id', 's.candidate_id');
const COMPLETED = hasCompleted('s.tenant_id', 's.exam_id', 's.candidate_id');

/** How many study each course, and how many people all of them together: whoever has two courses is one. */
export async function participation(
  db: Queries,
  tenantId: TenantId,
): Promise<{ readonly each: ReadonlyMap<ExamId, Participation>; readonly all: Participation }> {
  const rows = await select(
    db,
    OfCourse,
    `SELECT s.exam_id AS "examId", count(*)::int AS assigned, (count(*) FILTER (WHERE ${BEGUN}))::int AS begun,
       (count(*) FILTER (WHERE ${COMPLETED}))::int AS completed
     FROM studies s WHERE s.tenant_id = $1 AND ${HERE} GROUP BY s.exam_id`,
    [tenantId],
  );
  const all = await selectOne(
    db,
    Participation,
    `SELECT count(*)::int AS assigned, (count(*) FILTER (WHERE begun))::int AS begun,
       (count(*) FILTER (WHERE completed))::int AS completed
     FROM (SELECT bool_or(${BEGUN}) AS begun, bool_and(${COMPLETED}) AS completed
       FROM studies s WHERE s.tenant_id = $1 AND ${HERE} GROUP BY s.candidate_id) AS people`,
    [tenantId],
  );
  return { each: new Map(rows.map(({ examId, ...people }) => [examId, people])), all: all ?? NOBODY };
}
