import { z } from 'zod';
import type { HomeCourse, HomeMock, HomeOverview, SatMock } from '../../contract/home/home-api.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { ExamId, instant, MockId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { listExams } from '../exams/index.ts';
import { studiesOf } from '../learning/index.ts';
import { oneself } from '../people/index.ts';
import { progressOf } from '../results/index.ts';
import { type Learner, mustLearn, readTenant } from '../tenants/index.ts';
import { isHomeCourse, isHomeMock } from './at-home.ts';
import { MockResult } from './mock-paper.ts';
import { readMock } from './mocks.ts';
import { doneAtHome, lessonsOf } from './progress.ts';

/** What somebody finds at home: their courses, and the mock exams that their firm lets them sit there. */
export async function homeOverview(actor: Learner, db: Queries, tenantId: TenantId, now: Date): Promise<HomeOverview> {
  mustLearn(actor, tenantId);
  const { name, extraMinutes } = await oneself(actor, db, tenantId);
  const { name: firm } = await readTenant(actor, db, tenantId);
  const exams = await listExams(actor, db, tenantId);
  const sat = await mocksOf(actor, db, tenantId, now);
  const mocks = exams.filter(isHomeMock).map(
    ({ id, title, blueprint, passMarks, durationSeconds }): HomeMock => ({
      ...{ examId: id, title, passMarks, fullMarks: fullMarks(blueprint) },
      items: blueprint.rows.reduce((sum, { count }) => sum + count, 0),
      durationSeconds: durationSeconds + extraMinutes * 60,
      ...sat(id),
    }),
  );
  return { name, firm, courses: await coursesOf(actor, db, tenantId, exams), mocks };
}

async function coursesOf(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  exams: readonly Exam[],
): Promise<readonly HomeCourse[]> {
  const done = await doneAtHome(actor, db, tenantId);
  const proven = await progressOf(actor, db, tenantId);
  const byId = new Map(exams.map((exam) => [exam.id, exam]));
  return (await studiesOf(actor, db, tenantId)).flatMap((examId): HomeCourse[] => {
    const exam = byId.get(examId);
    if (!exam?.course) return [];
    const lessons = lessonsOf(exam.course, done(examId), proven.get(examId));
    return [{ examId, title: exam.title, atHome: isHomeCourse(exam), lessons }];
  });
}

/** So many of the newest are listed. */
const LISTED = 100;
const Row = z.object({
  id: MockId,
  examId: ExamId,
  endsAt: z.date(),
  endedAt: z.date().nullable(),
  result: z.string().nullable(),
});
type Listed = z.infer<typeof Row>;

async function mocksOf(actor: Learner, db: Queries, tenantId: TenantId, now: Date) {
  const list = (): Promise<readonly Listed[]> =>
    select(
      db,
      Row,
      `SELECT id, exam_id AS "examId", ends_at AS "endsAt", ended_at AS "endedAt", result FROM home_mocks
       WHERE tenant_id = $1 AND candidate_id = $2 ORDER BY begun_at DESC LIMIT $3`,
      [tenantId, actor.candidateId, LISTED],
    );
  const isOpen = ({ endedAt }: Listed): boolean => endedAt === null;
  const left = (await list()).filter((one) => isOpen(one) && one.endsAt <= now);
  // Looking at one whose time is up hands it in.
  for (const { id } of left) await readMock(actor, db, tenantId, id, now);
  const all = Map.groupBy(await list(), ({ examId }) => examId);
  return (examId: ExamId): Pick<HomeMock, 'open' | 'sat'> => {
    const mine = all.get(examId) ?? [];
    const open = mine.find(isOpen);
    return { ...(open ? { open: open.id } : {}), sat: mine.flatMap(asSat) };
  };
}

function asSat({ id, endedAt, result }: Listed): readonly SatMock[] {
  if (!endedAt || !result) return [];
  const { marks, fullMarks: full, passed } = MockResult.parse(JSON.parse(result));
  return [{ id, endedAt: instant(endedAt), marks, fullMarks: full, passed }];
}
