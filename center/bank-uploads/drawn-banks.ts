import type { TenantId } from '../../contract/words/ids.ts';
import type { Queries } from '../database/index.ts';
import { listExams, readBank } from '../exams/index.ts';
import type { Manager } from '../tenants/index.ts';
import type { Drawing } from './others.ts';

/** The banks that exams of a firm draw from, as they are written, one after the other: some are large. */
export async function* drawnBanks(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
): AsyncIterable<{ readonly bank: string; readonly exams: readonly Drawing[] }> {
  const all = await listExams(actor, db, tenantId);
  for (const [bankId, drawing] of Map.groupBy(all, (exam) => exam.bankId)) {
    const exams = drawing.map(({ id, title }) => ({ examId: id, title }));
    yield { bank: await readBank(actor, db, tenantId, bankId), exams };
  }
}
