import { z } from 'zod';
import { Exam } from '../../contract/words/exam.ts';
import { type ExamId, type Instant, instant, type TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';

const Body = z.object({ body: z.string() });

/** Each body of an exam once, whatever is put in its place later: records name what they were sat by. */
export async function keepVersion(tx: Queries, tenantId: TenantId, exam: Exam): Promise<void> {
  const body = canonicalJson(exam);
  await tx.query(
    `INSERT INTO exam_versions (tenant_id, exam_id, hash, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, exam_id, hash) DO NOTHING`,
    [tenantId, exam.id, sha256(body), body],
  );
}

/** Remembers that an exam draws from this bank; once, whenever it is put again. */
export async function keepBankVersion(
  tx: Queries,
  tenantId: TenantId,
  { exam, bank }: { readonly exam: Exam; readonly bank: Bank },
  by: string | undefined,
): Promise<void> {
  await tx.query(
    `INSERT INTO bank_versions (tenant_id, exam_id, bank_id, items, put_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, exam_id, bank_id) DO NOTHING`,
    [tenantId, exam.id, bank.id, bank.items.length, by ?? null],
  );
}

/** Every version of these exams, the newest first. */
export async function examVersions(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  ids: readonly ExamId[],
): Promise<readonly Exam[]> {
  mustManage(actor, tenantId);
  const rows = await select(
    db,
    Body,
    'SELECT body FROM exam_versions WHERE tenant_id = $1 AND exam_id = ANY($2::text[]) ORDER BY put_at DESC, hash',
    [tenantId, [...new Set(ids)]],
  );
  return rows.map(({ body }) => Exam.parse(JSON.parse(body)));
}

/** From when on every version is kept. Before that the center knew an exam only as it was put last. */
export async function historySince(db: Queries): Promise<Instant> {
  const shape = z.object({ since: z.number() });
  const sql = 'SELECT (extract(epoch FROM since) * 1000)::float8 AS since FROM exam_history WHERE id = 1';
  const row = await selectOne(db, shape, sql);
  if (!row) throw new Error('the row that says since when exams are kept is missing');
  return instant(new Date(row.since));
}
