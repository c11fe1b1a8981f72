import { z } from 'zod';
import type { Student, StudentWish } from '../../contract/platform/courses.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import { CandidateId, type ExamId, type TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { listStudying } from '../learning/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { accessOfPeople } from './access.ts';

/** Who is to study a course, by name, with how far each is: proven, and beside that at home. @throws Refusal `no-exam` */
export async function listStudents(
  actor: Reader,
  center: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  { examId, ...wish }: StudentWish & { readonly examId: ExamId },
): Promise<{ readonly rows: readonly Student[]; readonly next: Cursor | null }> {
  mustRead(actor, tenantId);
  const { rows, next } = await listStudying(actor, center.db, tenantId, { examId, ...wish });
  const ids = rows.map(({ id }) => id);
  const atHome = await doneThere(center.db, tenantId, examId, ids);
  const access = await accessOfPeople(actor, center, tenantId, ids);
  return {
    rows: rows.map((row) => ({ ...row, atHome: atHome.get(row.id) ?? null, access: access.get(row.id) ?? null })),
    next,
  };
}

const Row = z.object({ id: CandidateId, seconds: z.int(), completed: z.boolean() });

async function doneThere(db: Queries, tenantId: TenantId, examId: ExamId, ids: readonly CandidateId[]) {
  const rows = await select(
    db,
    Row,
    `SELECT s.candidate_id AS id, s.complete AS completed,
       coalesce((SELECT floor(sum(l.ms) / 1000)::int FROM home_lessons l WHERE l.tenant_id = s.tenant_id
         AND l.candidate_id = s.candidate_id AND l.exam_id = s.exam_id), 0) AS seconds
     FROM home_studies s WHERE s.tenant_id = $1 AND s.exam_id = $2 AND s.candidate_id = ANY($3::text[])`,
    [tenantId, examId, ids],
  );
  return new Map(rows.map(({ id, ...done }) => [id, done]));
}
