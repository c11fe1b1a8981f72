import { z } from 'zod';
import type { CourseReply } from '../../contract/people-center/operator-api.ts';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { candidatesMeant, type Whom } from '../people/index.ts';
import { type Learner, type Manager, type Member, mustActFor, mustLearn, mustManage } from '../tenants/index.ts';
import { isCourse } from './courses.ts';

/**
 * Gives a course to people, or takes it from them; what they have studied of it stays.
 * @throws Refusal `no-exam` where there is no such course
 */
export async function giveCourse(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { examId, whom, end }: { readonly examId: ExamId; readonly whom: Whom; readonly end?: boolean | undefined },
  now: Date,
): Promise<CourseReply> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    if (!(await isCourse(actor, tx, tenantId, examId)))
      throw new Refusal('no-exam', `this tenant has no course ${examId}`);
    const { ids, unknown } = await candidatesMeant(actor, tx, tenantId, whom);
    const deed = {
      tenantId,
      what: end ? 'course-taken' : 'course-given',
      subject: { kind: 'studies', id: examId },
    } as const;
    const changed = await changing(actor, tx, deed, studying(tenantId, examId), () =>
      end
        ? tx.query(
            'DELETE FROM studies WHERE tenant_id = $1 AND exam_id = $2 AND candidate_id = ANY($3::text[]) RETURNING 1',
            [tenantId, examId, ids],
          )
        : tx.query(
            `INSERT INTO studies (tenant_id, exam_id, candidate_id, since)
           SELECT $1, $2, id, $4 FROM unnest($3::text[]) AS id
           ON CONFLICT (tenant_id, exam_id, candidate_id) DO NOTHING RETURNING 1`,
            [tenantId, examId, ids, now.toISOString()],
          ),
    );
    return { changed: changed.length, assigned: await countOf(tx, tenantId, examId), unknown };
  });
}

/** Who is to study it, for the audit log. One changes that at a time. */
const studying = (tenantId: TenantId, examId: ExamId) => async (tx: Queries) => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`studies ${tenantId} ${examId}`]);
  const sql = 'SELECT candidate_id AS id FROM studies WHERE tenant_id = $1 AND exam_id = $2 ORDER BY candidate_id';
  return tx.query(sql, [tenantId, examId]);
};

async function countOf(tx: Queries, tenantId: TenantId, examId: ExamId): Promise<number> {
  const sql = 'SELECT count(*)::int AS count FROM studies WHERE tenant_id = $1 AND exam_id = $2';
  return (await selectOne(tx, z.object({ count: z.int() }), sql, [tenantId, examId]))?.count ?? 0;
}

const Row = z.object({ candidateId: CandidateId, examId: ExamId });

/**
 * What each candidate is to study.
 * @param ids of these alone, where any are named
 */
export async function listStudies(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
  ids?: readonly CandidateId[],
): Promise<ReadonlyMap<CandidateId, readonly ExamId[]>> {
  mustActFor(actor, tenantId);
  const [which, params] = ids ? ['AND candidate_id = ANY($2::text[])', [ids]] : ['', []];
  const sql = `SELECT candidate_id AS "candidateId", exam_id AS "examId" FROM studies WHERE tenant_id = $1 ${which}
    ORDER BY since, exam_id`;
  const people = Map.groupBy(await select(db, Row, sql, [tenantId, ...params]), ({ candidateId }) => candidateId);
  return new Map([...people].map(([candidateId, rows]) => [candidateId, rows.map(({ examId }) => examId)]));
}

/** What whoever asks is to study. */
export async function studiesOf(actor: Learner, db: Queries, tenantId: TenantId): Promise<readonly ExamId[]> {
  mustLearn(actor, tenantId);
  const sql = `SELECT candidate_id AS "candidateId", exam_id AS "examId" FROM studies
    WHERE tenant_id = $1 AND candidate_id = $2 ORDER BY since, exam_id`;
  return (await select(db, Row, sql, [tenantId, actor.candidateId])).map(({ examId }) => examId);
}
