import { z } from 'zod';
import type { ExamRecord } from '../../contract/records/index.ts';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import { CourseProgress, mergeProgress } from '../../contract/words/learning.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Learner, type Member, mustActFor, mustLearn } from '../tenants/index.ts';

type Studied = ExamRecord & { readonly learning: NonNullable<Extract<ExamRecord, { learning?: unknown }>['learning']> };
const isStudied = (record: ExamRecord): record is Studied => 'learning' in record && record.learning !== undefined;

/**
 * Adds what was studied to what is known. Of a lesson the most that a station knew counts: two stations that could not hear of
 * each other may have credited the same minutes.
 */
export async function noteProgress(tx: Queries, tenantId: TenantId, records: readonly ExamRecord[]): Promise<void> {
  for (const record of records.filter(isStudied)) await noteRecord(tx, tenantId, record);
}

async function noteRecord(tx: Queries, tenantId: TenantId, record: Studied): Promise<void> {
  const { candidateId, exam, learning } = record;
  const sql = 'SELECT body FROM course_progress WHERE tenant_id = $1 AND candidate_id = $2 AND exam_id = $3';
  const before = await selectOne(tx, Body, sql, [tenantId, candidateId, exam.id]);
  const progress = mergeProgress(before && readBody(before.body), progressIn(record));
  const seconds = learning.lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);
  await tx.query(
    `INSERT INTO course_progress AS p (tenant_id, candidate_id, exam_id, seconds, complete, body)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, candidate_id, exam_id) DO UPDATE SET seconds = p.seconds + excluded.seconds,
       complete = p.complete OR excluded.complete, body = excluded.body`,
    [tenantId, candidateId, exam.id, seconds, learning.complete, JSON.stringify(progress)],
  );
}

const progressIn = ({ exam, learning, answers }: Studied): CourseProgress => ({
  examId: exam.id,
  lessons: learning.lessons.map(({ lessonId, total, complete }) => ({ lessonId, seconds: total, complete })),
  answers: answers.filter(({ marks }) => marks > 0).map(({ itemId }) => itemId),
});

const Body = z.object({ body: z.string() });
const readBody = (body: string): CourseProgress => CourseProgress.parse(JSON.parse(body));

const Row = Body.extend({ candidateId: CandidateId });

/** How far each candidate of a tenant is with what they studied, as far as stations have handed it in. */
export async function readProgress(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<CandidateId, readonly CourseProgress[]>> {
  mustActFor(actor, tenantId);
  const sql = `SELECT candidate_id AS "candidateId", body FROM course_progress WHERE tenant_id = $1 ORDER BY exam_id`;
  const people = Map.groupBy(await select(db, Row, sql, [tenantId]), ({ candidateId }) => candidateId);
  return new Map([...people].map(([candidateId, rows]) => [candidateId, rows.map(({ body }) => readBody(body))]));
}

/** How far whoever asks is, as far as stations have proven it. */
export async function progressOf(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<ExamId, CourseProgress>> {
  mustLearn(actor, tenantId);
  const sql = 'SELECT body FROM course_progress WHERE tenant_id = $1 AND candidate_id = $2';
  const all = (await select(db, Body, sql, [tenantId, actor.candidateId])).map(({ body }) => readBody(body));
  return new Map(all.map((progress) => [progress.examId, progress]));
}
