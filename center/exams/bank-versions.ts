import { z } from 'zod';
import type { BankVersions } from '../../contract/people-center/bank-versions.ts';
import { Exam } from '../../contract/words/exam.ts';
import { BankId, ExamId, instant, type TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';
import { type BankChanges, bankChanges } from './bank-changes.ts';
import { bankOf, bankVersion, keepLast } from './banks.ts';
import { putExam } from './exams.ts';
import { examVersions } from './versions.ts';

/** Two banks never come to differ otherwise. */
const lastChanges = keepLast<BankChanges>(256);

const Row = z.object({
  examId: ExamId,
  bankId: BankId,
  items: z.int(),
  putAt: z.date(),
  putBy: z.string().nullable(),
  body: z.string(),
});
type Row = z.infer<typeof Row>;

/** Of each exam the banks that it ever drew from, the oldest first; with how each differs from the one before. */
export async function listBankVersions(actor: Reader, db: Queries, tenantId: TenantId): Promise<BankVersions['exams']> {
  mustRead(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT v.exam_id AS "examId", v.bank_id AS "bankId", v.items, v.put_at AS "putAt", v.put_by AS "putBy", e.body
     FROM bank_versions v JOIN exams e ON e.tenant_id = v.tenant_id AND e.id = v.exam_id
     WHERE v.tenant_id = $1 ORDER BY v.exam_id, v.put_at, v.bank_id`,
    [tenantId],
  );
  const exams: BankVersions['exams'][number][] = [];
  for (const [examId, versions] of Map.groupBy(rows, (row) => row.examId)) {
    const exam = Exam.parse(JSON.parse(versions[0]?.body ?? ''));
    const listed = [];
    for (const [at, row] of versions.entries()) {
      const { bankId, items, putBy } = row;
      const changes = await changesBetween(db, tenantId, versions[at - 1], row);
      const said = { number: at + 1, bankId, items, putAt: instant(row.putAt), putBy };
      listed.push({ ...said, current: bankId === exam.bankId, ...(changes ? { changes } : {}) });
    }
    exams.push({ examId, title: exam.title, versions: listed });
  }
  return exams;
}

async function changesBetween(
  db: Queries,
  tenantId: TenantId,
  before: Row | undefined,
  { bankId }: Row,
): Promise<BankChanges | undefined> {
  if (!before) return undefined;
  return lastChanges(`${tenantId} ${before.bankId} ${bankId}`, async () => {
    const [old, now] = [await bankOf(db, tenantId, before.bankId), await bankOf(db, tenantId, bankId)];
    return old && now && bankChanges(old, now);
  });
}

/** A version of a bank whole, and every exam that drew from it, as it was then: what a form of years ago is drawn from again. */
export async function readBankVersion(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  id: BankId,
): Promise<{ readonly bank: Bank; readonly exams: readonly Exam[] }> {
  mustManage(actor, tenantId);
  const bank = await bankVersion(actor, db, tenantId, id);
  if (!bank) throw new Refusal('item-unknown', `this firm has had no bank ${id}`);
  const sql = 'SELECT exam_id AS id FROM bank_versions WHERE tenant_id = $1 AND bank_id = $2';
  const named = await select(db, z.object({ id: ExamId }), sql, [tenantId, id]);
  const ids = named.map(({ id: examId }) => examId);
  const exams = await examVersions(actor, db, tenantId, ids);
  return { bank, exams: exams.filter(({ bankId }) => bankId === id) };
}

/**
 * From now on an exam draws from another version of its bank, an earlier one perhaps. What has begun goes on with what it began with.
 * @throws Refusal `no-exam`, `item-unknown` where it never drew from that one, and as {@link putExam}
 */
export async function moveExam(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { examId, bankId }: { readonly examId: ExamId; readonly bankId: BankId },
): Promise<void> {
  mustManage(actor, tenantId);
  const [newest] = await examVersionsNow(db, tenantId, examId);
  if (!newest) throw new Refusal('no-exam', `this tenant has no exam ${examId}`);
  const { bank, exams } = await readBankVersion(actor, db, tenantId, bankId);
  if (!exams.some(({ id }) => id === examId)) throw new Refusal('item-unknown', `${examId} never drew from ${bankId}`);
  await putExam(actor, db, tenantId, { exam: { ...newest, bankId }, bank });
}

const examVersionsNow = async (db: Queries, tenantId: TenantId, examId: ExamId): Promise<readonly Exam[]> => {
  const sql = 'SELECT body FROM exams WHERE tenant_id = $1 AND id = $2';
  const rows = await select(db, z.object({ body: z.string() }), sql, [tenantId, examId]);
  return rows.map(({ body }) => Exam.parse(JSON.parse(body)));
};
