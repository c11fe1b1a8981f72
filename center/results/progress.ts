import { z } from 'zod';
import type { ExamRecord } from '../../contract/records/index.ts';
import { CandidateId, ExamId, ItemId, type TenantId } from '../../contract/words/ids.ts';
import { type CourseProgress, LessonProgress } from '../../contract/words/learning.ts';
import { type Queries, select } from '../database/index.ts';
import { type Member, mustActFor } from '../tenants/index.ts';

type Studied = ExamRecord & { readonly learning: NonNullable<Extract<ExamRecord, { learning?: unknown }>['learning']> };
const isStudied = (record: ExamRecord): record is Studied => 'learning' in record && record.learning !== undefined;

/**
 * Adds what was studied to what is known. Of a lesson the most that a station knew counts: two stations that could not hear of
 * each other may have credited the same minutes.
 */
export async function noteProgress(tx: Queries, tenantId: TenantId, records: readonly ExamRecord[]): Promise<void> {
  for (const record of records.filter(isStudied)) await noteRecord(tx, tenantId, record);
}

async function noteRecord(
  tx: Queries,
  tenantId: TenantId,
  { candidateId, exam, answers, learning: { lessons, complete } }: Studied,
): Promise<void> {
  const right = answers.filter(({ marks }) => marks > 0).map(({ itemId }) => itemId);
  const seconds = lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);
  await tx.query(
    `INSERT INTO course_progress AS p (tenant_id, candidate_id, exam_id, seconds, complete, right_items)
     VALUES ($1, $2, $3, $4, $5, $6::text[])
     ON CONFLICT (tenant_id, candidate_id, exam_id) DO UPDATE SET seconds = p.seconds + excluded.seconds,
       complete = p.complete OR excluded.complete,
       right_items = ARRAY(SELECT DISTINCT unnest(p.right_items || excluded.right_items) ORDER BY 1)`,
    [tenantId, candidateId, exam.id, seconds, complete, right],
  );
  await tx.query(
    `INSERT INTO lesson_progress AS p (tenant_id, candidate_id, exam_id, lesson_id, seconds, complete)
     SELECT $1, $2, $3, l.* FROM unnest($4::text[], $5::bigint[], $6::boolean[]) AS l
     ON CONFLICT (tenant_id, candidate_id, exam_id, lesson_id) DO UPDATE SET
       seconds = greatest(p.seconds, excluded.seconds), complete = p.complete OR excluded.complete`,
    [
      ...[tenantId, candidateId, exam.id, lessons.map(({ lessonId }) => lessonId)],
      ...[lessons.map(({ total }) => total), lessons.map((lesson) => lesson.complete)],
    ],
  );
}

const Row = z.object({
  candidateId: CandidateId,
  examId: ExamId,
  lessonId: LessonProgress.unwrap().shape.lessonId,
  seconds: z.int(),
  complete: z.boolean(),
});
const Right = z.object({ candidateId: CandidateId, examId: ExamId, right: z.array(ItemId) });

/** How far each candidate of a tenant is with what they studied, as far as stations have handed it in. */
export async function readProgress(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<CandidateId, readonly CourseProgress[]>> {
  mustActFor(actor, tenantId);
  const lessons = await select(
    db,
    Row,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", lesson_id AS "lessonId", seconds, complete
     FROM lesson_progress WHERE tenant_id = $1 ORDER BY exam_id, lesson_id`,
    [tenantId],
  );
  const answered = await select(
    db,
    Right,
    `SELECT candidate_id AS "candidateId", exam_id AS "examId", right_items AS right
     FROM course_progress WHERE tenant_id = $1`,
    [tenantId],
  );
  const rightOf = new Map(answered.map(({ candidateId, examId, right }) => [`${candidateId} ${examId}`, right]));
  const people = Map.groupBy(lessons, ({ candidateId }) => candidateId);
  return new Map(
    [...people].map(([candidateId, own]) => [
      candidateId,
      [...Map.groupBy(own, ({ examId }) => examId)].map(([examId, of]) => ({
        examId,
        lessons: of.map(({ lessonId, seconds, complete }) => ({ lessonId, seconds, complete })),
        answers: rightOf.get(`${candidateId} ${examId}`) ?? [],
      })),
    ]),
  );
}
