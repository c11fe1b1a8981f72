import { z } from 'zod';
import { ExamRecord } from '../../contract/records/index.ts';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import { CourseProgress, mergeProgress } from '../../contract/words/learning.ts';
import { type Queries, select } from '../database/index.ts';
import { type Learner, type Member, mustActFor, mustLearn } from '../tenants/index.ts';
import { COUNTS } from './standing.ts';

type Studied = ExamRecord & { readonly learning: NonNullable<Extract<ExamRecord, { learning?: unknown }>['learning']> };
const isStudied = (record: ExamRecord): record is Studied => 'learning' in record && record.learning !== undefined;

/** So long nobody studies: what a station says beyond it is nothing to add up. */
const MOST_SECONDS = 10 * 365 * 24 * 3600;

/**
 * Puts together anew what these people have studied, by the records that count. Of a lesson the most that a station knew counts:
 * two stations that could not hear of each other may have credited the same minutes.
 */
export async function rebuildProgress(tx: Queries, tenantId: TenantId, records: readonly ExamRecord[]): Promise<void> {
  const learners = new Map(
    records.filter(isStudied).map(({ candidateId, exam }) => [`${candidateId} ${exam.id}`, { candidateId, exam }]),
  );
  for (const { candidateId, exam } of learners.values()) await rebuild(tx, tenantId, candidateId, exam.id);
}

async function rebuild(tx: Queries, tenantId: TenantId, candidateId: CandidateId, examId: ExamId): Promise<void> {
  const of = [tenantId, candidateId, examId];
  const rows = await select(
    tx,
    Body,
    `SELECT body FROM records r WHERE tenant_id = $1 AND candidate_id = $2 AND exam_id = $3 AND mode = 'learning'
     AND ${COUNTS} ORDER BY log_index`,
    of,
  );
  const counted = rows.map(({ body }) => ExamRecord.parse(JSON.parse(body))).filter(isStudied);
  const progress = counted.reduce<CourseProgress | undefined>(withRecord, undefined);
  await tx.query('DELETE FROM course_progress WHERE tenant_id = $1 AND candidate_id = $2 AND exam_id = $3', of);
  if (!progress) return;
  const seconds = counted.reduce((sum, { learning }) => sum + secondsOf(learning.lessons), 0);
  await tx.query(
    `INSERT INTO course_progress (tenant_id, candidate_id, exam_id, seconds, complete, body)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, candidate_id, exam_id)
       DO UPDATE SET seconds = excluded.seconds, complete = excluded.complete, body = excluded.body`,
    [
      ...of,
      Math.min(seconds, MOST_SECONDS),
      counted.some(({ learning }) => learning.complete),
      JSON.stringify(progress),
    ],
  );
}

const secondsOf = (lessons: readonly { readonly seconds: number }[]): number =>
  lessons.reduce((sum, lesson) => sum + lesson.seconds, 0);

/** What is more than any course has adds nothing: whoever reads progress later must be able to. */
function withRecord(before: CourseProgress | undefined, record: Studied): CourseProgress | undefined {
  const merged = CourseProgress.safeParse(mergeProgress(before, progressIn(record)));
  return merged.success ? merged.data : before;
}

const progressIn = ({ exam, learning, answers }: Studied): CourseProgress => ({
  examId: exam.id,
  lessons: learning.lessons.map(({ lessonId, total, complete }) => ({ lessonId, seconds: total, complete })),
  answers: answers.filter(({ marks }) => marks > 0).map(({ itemId }) => itemId),
});

const Body = z.object({ body: z.string() });
const readBody = (body: string): CourseProgress => CourseProgress.parse(JSON.parse(body));

const Row = Body.extend({ candidateId: CandidateId });

/**
 * How far each candidate of a tenant is with what they studied, as far as stations have handed it in.
 * @param ids of these alone, where any are named
 */
export async function readProgress(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  ids?: readonly CandidateId[],
): Promise<ReadonlyMap<CandidateId, readonly CourseProgress[]>> {
  mustActFor(actor, tenantId);
  const [which, params] = ids ? ['AND candidate_id = ANY($2::text[])', [ids]] : ['', []];
  const sql = `SELECT candidate_id AS "candidateId", body FROM course_progress WHERE tenant_id = $1 ${which}
    ORDER BY exam_id`;
  const people = Map.groupBy(await select(db, Row, sql, [tenantId, ...params]), ({ candidateId }) => candidateId);
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
