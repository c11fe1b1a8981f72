import { z } from 'zod';
import type { PutExam } from '../../contract/people-center/operator-api.ts';
import { Exam } from '../../contract/words/exam.ts';
import { type BankId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { picturesIn } from '../../contract/words/learning.ts';
import { Localized } from '../../contract/words/localized.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { canonicalJson } from '../../proof/index.ts';
import { changing } from '../audit/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, type Member, mustActFor, mustBeShown, mustManage, type Student } from '../tenants/index.ts';
import { checkBank, checkExam } from './check-exam.ts';
import { mustHavePictures } from './pictures.ts';
import { keepBankVersion, keepVersion } from './versions.ts';

const Body = z.object({ body: z.string() });

/**
 * Puts an exam and its bank into the tenant's hands, in place of what had these ids. The bank is taken only if its ids
 * and its hash follow from its items: years later a form is redrawn from them.
 * @throws Refusal `hash-mismatch`, `item-unknown` (the exam names another bank), `bank-too-small`, `bad-message`, `picture-missing`
 */
export async function putExam(actor: Manager, db: Queries, tenantId: TenantId, put: PutExam): Promise<void> {
  mustManage(actor, tenantId);
  checkBank(put.bank);
  checkExam(put.exam, put.bank);
  const { id } = put.exam;
  const deed = { tenantId, what: 'exam-put', subject: { kind: 'exam', id } } as const;
  await changing(actor, db, deed, stateOf(tenantId, id), async (tx) => {
    await storeExam(tx, tenantId, put);
    await keepBankVersion(tx, tenantId, put, actor.kind === 'operator' ? actor.token : undefined);
  });
}

/** The exam as it stands, its policy and its bank's id in it: the bank's hash is that of its items. */
const stateOf = (tenantId: TenantId, id: ExamId) => async (tx: Queries) =>
  (await tx.query('SELECT body FROM exams WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [tenantId, id]))[0];

async function storeExam(tx: Queries, tenantId: TenantId, { exam, bank }: PutExam): Promise<void> {
  await mustHavePictures(
    tx,
    tenantId,
    new Set([...picturesOf(bank.items), ...(exam.course ? picturesIn(exam.course) : [])]),
  );
  await mustStayWhatItIs(tx, tenantId, exam);
  await tx.query(
    'INSERT INTO banks (tenant_id, id, body) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body',
    [tenantId, bank.id, canonicalJson(bank)],
  );
  await tx.query(
    `INSERT INTO exams (tenant_id, id, bank_id, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, id) DO UPDATE SET bank_id = excluded.bank_id, body = excluded.body`,
    [tenantId, exam.id, bank.id, canonicalJson(exam)],
  );
  await keepVersion(tx, tenantId, exam);
}

/** Results and who is to study name an exam by its id: what is sat does not become what is studied under it. */
async function mustStayWhatItIs(tx: Queries, tenantId: TenantId, { id, course }: Exam): Promise<void> {
  const before = await selectOne(tx, Body, 'SELECT body FROM exams WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
  if (before && (Exam.parse(JSON.parse(before.body)).course === undefined) !== (course === undefined))
    throw new Refusal('bad-message', `${id} is ${course ? 'an exam' : 'a course'} already`);
}

export async function listExams(actor: Student, db: Queries, tenantId: TenantId): Promise<readonly Exam[]> {
  mustBeShown(actor, tenantId);
  const rows = await select(db, Body, 'SELECT body FROM exams WHERE tenant_id = $1 ORDER BY id', [tenantId]);
  return rows.map(({ body }) => Exam.parse(JSON.parse(body)));
}

/** One of them. @throws Refusal `no-exam` */
export async function readExam(actor: Student, db: Queries, tenantId: TenantId, examId: ExamId): Promise<Exam> {
  mustBeShown(actor, tenantId);
  const row = await selectOne(db, Body, 'SELECT body FROM exams WHERE tenant_id = $1 AND id = $2', [tenantId, examId]);
  if (!row) throw new Refusal('no-exam', `this tenant has no exam ${examId}`);
  return Exam.parse(JSON.parse(row.body));
}

const Titled = z.object({ id: ExamId, body: z.string() });
const Title = z.object({ title: Localized });

export async function examTitles(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
): Promise<ReadonlyMap<ExamId, Localized>> {
  mustActFor(actor, tenantId);
  const rows = await select(db, Titled, 'SELECT id, body FROM exams WHERE tenant_id = $1', [tenantId]);
  return new Map(rows.map(({ id, body }) => [id, Title.parse(JSON.parse(body)).title]));
}

/**
 * The bank as canonical JSON, if an exam of the tenant draws from it, or ever did: a station may have been told so before, and an
 * exam that was begun then goes on with it.
 * @throws Refusal `item-unknown`
 */
export async function readBank(actor: Student, db: Queries, tenantId: TenantId, bankId: BankId): Promise<string> {
  mustBeShown(actor, tenantId);
  const row = await selectOne(
    db,
    Body,
    `SELECT body FROM banks WHERE tenant_id = $1 AND id = $2
     AND EXISTS (SELECT 1 FROM bank_versions v WHERE v.tenant_id = banks.tenant_id AND v.bank_id = banks.id)`,
    [tenantId, bankId],
  );
  if (!row) throw new Refusal('item-unknown', 'no exam of this tenant ever drew from such a bank');
  return row.body;
}

/** @throws Refusal `no-exam` */
export async function mustHaveExam(actor: Member, tx: Queries, tenantId: TenantId, examId: ExamId): Promise<void> {
  mustActFor(actor, tenantId);
  const rows = await tx.query('SELECT 1 FROM exams WHERE tenant_id = $1 AND id = $2', [tenantId, examId]);
  if (rows.length === 0) throw new Refusal('no-exam', `this tenant has no exam ${examId}`);
}
