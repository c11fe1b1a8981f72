import { z } from 'zod';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';

/** On what terms somebody was ever to sit something: what was taken back since, a record may still be of. */
export type TermsEver = { readonly exams: ReadonlySet<ExamId>; readonly extraMinutes: number };

/** Writes down what is registered for candidates by now, and exams that are theirs: of each in the same place. */
export async function noteTerms(
  tx: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
  exams: readonly ExamId[] = [],
): Promise<void> {
  await tx.query(
    `UPDATE candidates SET most_extra_minutes = greatest(most_extra_minutes, extra_minutes)
     WHERE tenant_id = $1 AND id = ANY($2::text[])`,
    [tenantId, ids],
  );
  if (exams.length > 0)
    await tx.query(
      `INSERT INTO candidate_exams (tenant_id, candidate_id, exam_id)
       SELECT $1::text, * FROM unnest($2::text[], $3::text[])
       ON CONFLICT (tenant_id, candidate_id, exam_id) DO NOTHING`,
      [tenantId, ids, exams],
    );
}

const Row = z.object({ id: CandidateId, ids: z.array(ExamId), extraMinutes: z.int().nullable() });

/** Of those who are on the roster, or were. */
export async function termsEver(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  ids: readonly CandidateId[],
): Promise<ReadonlyMap<CandidateId, TermsEver>> {
  mustManage(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT e.candidate_id AS id, array_agg(e.exam_id) AS ids, max(c.most_extra_minutes) AS "extraMinutes"
     FROM candidate_exams e LEFT JOIN candidates c ON c.tenant_id = e.tenant_id AND c.id = e.candidate_id
     WHERE e.tenant_id = $1 AND e.candidate_id = ANY($2::text[]) GROUP BY e.candidate_id`,
    [tenantId, [...new Set(ids)]],
  );
  return new Map(
    rows.map(({ id, ids: exams, extraMinutes }) => [id, { exams: new Set(exams), extraMinutes: extraMinutes ?? 0 }]),
  );
}

/** Writes down that an exam is these people's too: what they sit of it later fits. */
export async function noteExam(
  actor: Manager,
  tx: Queries,
  tenantId: TenantId,
  { examId, ids }: { readonly examId: ExamId; readonly ids: readonly CandidateId[] },
): Promise<void> {
  mustManage(actor, tenantId);
  await noteTerms(
    tx,
    tenantId,
    ids,
    ids.map(() => examId),
  );
}
