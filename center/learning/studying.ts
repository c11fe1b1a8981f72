import { z } from 'zod';
import type { Student, StudentWish } from '../../contract/platform/courses.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { listWorkers } from '../people/index.ts';
import { hasBegun, hasCompleted, readProgress } from '../results/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { isCourse } from './courses.ts';

type Studying = Omit<Student, 'atHome' | 'access'>;

/** Who is to study a course and is on the roster, by name, with how far each is by what stations have proven. @throws Refusal `no-exam` */
export async function listStudying(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { examId, state, ...wish }: StudentWish & { readonly examId: ExamId },
): Promise<{ readonly rows: readonly Studying[]; readonly next: Cursor | null }> {
  mustRead(actor, tenantId);
  if (!(await isCourse(actor, db, tenantId, examId))) throw new Refusal('no-exam', `there is no course ${examId}`);
  const { rows, next } = await listWorkers(
    actor,
    db,
    tenantId,
    { ...wish, left: 'no' },
    {
      params: [examId],
      condition: ({ tenantId: tenant, candidateId, params: [exam = ''] }) =>
        `EXISTS (SELECT 1 FROM studies s WHERE s.tenant_id = ${tenant} AND s.exam_id = ${exam}
         AND s.candidate_id = ${candidateId}) AND ${state ? STATES[state](tenant, exam, candidateId) : 'true'}`,
    },
  );
  const ids = rows.map(({ id }) => id);
  const states = await statesOf(db, tenantId, examId, ids);
  const progress = await readProgress(actor, db, tenantId, ids);
  return {
    rows: rows.map(({ id, name, number, post }) => {
      const lessons = progress.get(id)?.find((one) => one.examId === examId)?.lessons ?? [];
      const seconds = lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);
      return { id, name, number, post, seconds, state: states.get(id) ?? 'none' };
    }),
    next,
  };
}

type Condition = (tenantId: string, examId: string, candidateId: string) => string;
const STATES: Readonly<Record<Student['state'], Condition>> = {
  completed: hasCompleted,
  begun: (...of) => `${hasBegun(...of)} AND NOT ${hasCompleted(...of)}`,
  none: (...of) => `NOT ${hasBegun(...of)} AND NOT ${hasCompleted(...of)}`,
};

const Row = z.object({ id: CandidateId, begun: z.boolean(), completed: z.boolean() });

async function statesOf(db: Queries, tenantId: TenantId, examId: ExamId, ids: readonly CandidateId[]) {
  const rows = await select(
    db,
    Row,
    `SELECT w.id, ${hasBegun('$1', '$2', 'w.id')} AS begun, ${hasCompleted('$1', '$2', 'w.id')} AS completed
     FROM unnest($3::text[]) AS w (id)`,
    [tenantId, examId, ids],
  );
  return new Map(
    rows.map(({ id, begun, completed }): readonly [CandidateId, Student['state']] => [
      id,
      completed ? 'completed' : begun ? 'begun' : 'none',
    ]),
  );
}
