import { z } from 'zod';
import type { HomeLesson } from '../../contract/home/home-api.ts';
import type { Course } from '../../contract/words/course.ts';
import { ExamId, ItemId, LessonId, type TenantId } from '../../contract/words/ids.ts';
import type { CourseProgress } from '../../contract/words/learning.ts';
import { type Queries, select } from '../database/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { type DoneAtHome, lessonState, NOTHING } from './lesson-report.ts';

/** What somebody has done of one course at home. */
export type CourseAtHome = {
  readonly lessons: ReadonlyMap<LessonId, DoneAtHome>;
  /** Which questions were answered, and whether rightly at the last. */
  readonly answers: ReadonlyMap<ItemId, boolean>;
};
const UNTOUCHED: CourseAtHome = { lessons: new Map(), answers: new Map() };

const LessonRow = z.object({
  examId: ExamId,
  lessonId: LessonId,
  ms: z.number(),
  position: z.number(),
  farthest: z.number(),
});
const AnswerRow = z.object({ examId: ExamId, itemId: ItemId, right: z.boolean() });

/** Of every course that whoever asks has begun at home. */
export async function doneAtHome(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
): Promise<(examId: ExamId) => CourseAtHome> {
  mustLearn(actor, tenantId);
  const lessons = await select(
    db,
    LessonRow,
    `SELECT exam_id AS "examId", lesson_id AS "lessonId", ms, position, farthest FROM home_lessons
     WHERE tenant_id = $1 AND candidate_id = $2`,
    [tenantId, actor.candidateId],
  );
  const answers = await select(
    db,
    AnswerRow,
    `SELECT exam_id AS "examId", item_id AS "itemId", is_right AS "right" FROM home_answers
     WHERE tenant_id = $1 AND candidate_id = $2`,
    [tenantId, actor.candidateId],
  );
  const lessonsOf = Map.groupBy(lessons, ({ examId }) => examId);
  const answersOf = Map.groupBy(answers, ({ examId }) => examId);
  return (examId) => ({
    ...UNTOUCHED,
    lessons: new Map(
      lessonsOf.get(examId)?.map(({ lessonId, ms, position, farthest }) => [lessonId, { ms, position, farthest }]),
    ),
    answers: new Map(answersOf.get(examId)?.map(({ itemId, right }) => [itemId, right])),
  });
}

/** Every lesson of a course, in its order: at home, and proven. */
export function lessonsOf(
  { lessons }: Course,
  done: CourseAtHome,
  proven: CourseProgress | undefined,
): readonly HomeLesson[] {
  const of = new Map(proven?.lessons.map((lesson) => [lesson.lessonId, lesson]));
  const isTold = (item: ItemId): boolean => done.answers.has(item);
  return lessons.map((lesson) =>
    lessonState(lesson, done.lessons.get(lesson.id) ?? NOTHING, isTold, of.get(lesson.id)),
  );
}

/** Writes down that a course was begun at home, and whether all of it that can be is complete there; what was complete stays so. */
export async function noteStudy(
  actor: Learner,
  tx: Queries,
  tenantId: TenantId,
  examId: ExamId,
  lessons: readonly HomeLesson[],
): Promise<void> {
  mustLearn(actor, tenantId);
  await tx.query(
    `INSERT INTO home_studies AS s (tenant_id, exam_id, candidate_id, complete) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, exam_id, candidate_id) DO UPDATE SET complete = s.complete OR excluded.complete`,
    [tenantId, examId, actor.candidateId, lessons.every(({ here, atHome }) => !here || atHome.complete)],
  );
}
