import { z } from 'zod';
import { undrawnOptions, withoutKey } from '../../authoring/drawing/index.ts';
import { isPossible } from '../../authoring/marking/index.ts';
import type { HomeLesson, LessonReport, OpenCourse, QuestionAnswer, ToldLesson } from '../../contract/home/home-api.ts';
import { courseItems } from '../../contract/words/course.ts';
import type { FormItem, Given } from '../../contract/words/form.ts';
import type { ExamId, ItemId, LessonId, TenantId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { CourseProgress } from '../../contract/words/learning.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { inTransaction, type Queries, selectOne } from '../database/index.ts';
import { readExam, readItems } from '../exams/index.ts';
import { studiesOf } from '../learning/index.ts';
import { progressOf } from '../results/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { type HomeCourseExam, isForHome, isHomeCourse } from './at-home.ts';
import { tellsKeys, toldOf } from './keys.ts';
import { type DoneAtHome, NOTHING, takeReport } from './lesson-report.ts';
import { type CourseAtHome, doneAtHome, lessonsOf, noteStudy } from './progress.ts';

/**
 * A course that whoever asks studies, and may study at home.
 * @throws Refusal `no-exam`, `not-at-home`
 */
async function courseFor(actor: Learner, db: Queries, tenantId: TenantId, examId: ExamId): Promise<HomeCourseExam> {
  if (!(await studiesOf(actor, db, tenantId)).includes(examId)) throw new Refusal('no-exam');
  const exam = await readExam(actor, db, tenantId, examId);
  if (!isHomeCourse(exam)) throw new Refusal('not-at-home');
  return exam;
}

/** What somebody has done of a course at home, and what of it a station has proven. */
type Stood = { readonly done: CourseAtHome; readonly proven: CourseProgress | undefined };

async function stoodAt(actor: Learner, db: Queries, tenantId: TenantId, examId: ExamId): Promise<Stood> {
  const done = await doneAtHome(actor, db, tenantId);
  return { done: done(examId), proven: (await progressOf(actor, db, tenantId)).get(examId) };
}

/**
 * A course as it is studied at home. From now on time may be reported: none that passed before.
 * @throws Refusal `no-exam`, `not-at-home`
 */
export async function openCourse(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
  now: Date,
): Promise<OpenCourse> {
  mustLearn(actor, tenantId);
  const exam = await courseFor(actor, db, tenantId, examId);
  await hear(actor, db, tenantId, now.getTime());
  const { done, proven } = await stoodAt(actor, db, tenantId, examId);
  const ids = courseItems(exam.course);
  const items = new Map((await readItems(actor, db, tenantId, exam.bankId, ids)).map((item) => [item.id, item]));
  return {
    title: exam.title,
    course: exam.course,
    lessons: lessonsOf(exam.course, done, proven),
    items: ids.map((id) => asAsked(items.get(id), id)),
    answered: [...done.answers].map(([itemId, right]) => ({ itemId, right })),
  };
}

/** Without its key, options as nobody drew them. */
function asAsked(item: Item | undefined, id: ItemId): FormItem {
  if (!item) throw new Refusal('item-unknown', id);
  return withoutKey(item, { options: undrawnOptions(item), marks: 1 });
}

const Clock = z.object({ heardAt: z.date() });

/** Up to when time was asked for; the row is held until the transaction ends, so that two reports come one after the other. */
async function heardMs(actor: Learner, tx: Queries, tenantId: TenantId, nowMs: number): Promise<number> {
  const sql = `SELECT heard_at AS "heardAt" FROM home_clocks WHERE tenant_id = $1 AND candidate_id = $2 FOR UPDATE`;
  const clock = await selectOne(tx, Clock, sql, [tenantId, actor.candidateId]);
  return clock ? clock.heardAt.getTime() : nowMs;
}

async function hear(actor: Learner, tx: Queries, tenantId: TenantId, ms: number): Promise<void> {
  await tx.query(
    `INSERT INTO home_clocks AS c (tenant_id, candidate_id, heard_at) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, candidate_id) DO UPDATE SET heard_at = greatest(c.heard_at, excluded.heard_at)`,
    [tenantId, actor.candidateId, new Date(ms).toISOString()],
  );
}

/**
 * Takes what a page says of a lesson, as far as it is to be believed.
 * @returns the lesson as it stands then
 * @throws Refusal `lesson-unknown`, `no-exam`, `not-at-home`
 */
export async function reportLesson(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
  { lessonId, seconds, position }: LessonReport,
  now: Date,
): Promise<HomeLesson> {
  mustLearn(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const exam = await courseFor(actor, tx, tenantId, examId);
    const lesson = exam.course.lessons.find(({ id }) => id === lessonId);
    if (!lesson) throw new Refusal('lesson-unknown', lessonId);
    if (!isForHome(lesson)) throw new Refusal('not-at-home', lessonId);
    const nowMs = now.getTime();
    const heard = await heardMs(actor, tx, tenantId, nowMs);
    const { done, proven } = await stoodAt(actor, tx, tenantId, examId);
    const complete = lessonsOf(exam.course, done, proven).some(
      (one) => one.lessonId === lessonId && (one.atHome.complete || one.proven.complete),
    );
    const report = { ms: Math.round(seconds * 1000), position, heardMs: heard, nowMs };
    const { after, heardMs: until } = takeReport(lesson, done.lessons.get(lessonId) ?? NOTHING, report, complete);
    await keepLesson(actor, tx, tenantId, examId, lessonId, after);
    await hear(actor, tx, tenantId, until);
    const stood = { done: { ...done, lessons: new Map(done.lessons).set(lessonId, after) }, proven };
    return noted(actor, tx, tenantId, exam, lessonId, stood);
  });
}

async function keepLesson(
  actor: Learner,
  tx: Queries,
  tenantId: TenantId,
  examId: ExamId,
  lessonId: LessonId,
  { ms, position, farthest }: DoneAtHome,
): Promise<void> {
  await tx.query(
    `INSERT INTO home_lessons (tenant_id, candidate_id, exam_id, lesson_id, ms, position, farthest)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, candidate_id, exam_id, lesson_id)
     DO UPDATE SET ms = excluded.ms, position = excluded.position, farthest = excluded.farthest`,
    [tenantId, actor.candidateId, examId, lessonId, Math.round(ms), position, farthest],
  );
}

async function noted(
  actor: Learner,
  tx: Queries,
  tenantId: TenantId,
  exam: HomeCourseExam,
  lessonId: LessonId,
  { done, proven }: Stood,
): Promise<HomeLesson> {
  const lessons = lessonsOf(exam.course, done, proven);
  await noteStudy(actor, tx, tenantId, exam.id, lessons);
  const lesson = lessons.find((one) => one.lessonId === lessonId);
  if (!lesson) throw new Refusal('lesson-unknown', lessonId);
  return lesson;
}

/**
 * Marks an answer to a question of a course. It may be answered again, as often as anybody likes.
 * @returns what it was worth, and its lesson as it stands then
 * @throws Refusal `item-unknown`, `option-unknown`, `no-exam`, `not-at-home`
 */
export async function answerQuestion(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
  { itemId, ...given }: QuestionAnswer,
): Promise<ToldLesson> {
  mustLearn(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const exam = await courseFor(actor, tx, tenantId, examId);
    const lesson = exam.course.lessons.find((one) => one.kind === 'questions' && one.items.includes(itemId));
    const [item] = lesson ? await readItems(actor, tx, tenantId, exam.bankId, [itemId]) : [];
    if (!lesson || !item) throw new Refusal('item-unknown', itemId);
    mustBePossible(item, given);
    const told = toldOf(item, given, await tellsKeys(actor, tx, tenantId, exam, [itemId]));
    await tx.query(
      `INSERT INTO home_answers AS a (tenant_id, candidate_id, exam_id, item_id, is_right) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, candidate_id, exam_id, item_id) DO UPDATE SET is_right = a.is_right OR excluded.is_right`,
      [tenantId, actor.candidateId, examId, itemId, told.right],
    );
    const stood = await stoodAt(actor, tx, tenantId, examId);
    return { told, lesson: await noted(actor, tx, tenantId, exam, lesson.id, stood) };
  });
}

/** @throws Refusal `option-unknown` */
export function mustBePossible(item: Item, given: Given): void {
  if (!isPossible(given, item)) throw new Refusal('option-unknown', item.id);
}
