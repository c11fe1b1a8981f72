import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { PutExam } from '../../contract/people-center/operator-api.ts';
import { cellOf, describeCell, fullMarks, isIn } from '../../contract/words/blueprint.ts';
import { Exam } from '../../contract/words/exam.ts';
import type { BankId, TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { canonicalJson, makeBank } from '../../proof/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { mustHavePictures } from './pictures.ts';

const Body = z.object({ body: z.string() });

/**
 * Puts an exam and its bank into the tenant's hands, in place of what had these ids. The bank is taken only if its ids
 * and its hash follow from its items: years later a form is redrawn from them.
 * @throws Refusal `hash-mismatch`, `item-unknown` (the exam names another bank), `bank-too-small`, `bad-message`, `picture-missing`
 */
export async function putExam(tx: Queries, tenantId: TenantId, { exam, bank }: PutExam): Promise<void> {
  checkBank(bank);
  checkExam(exam, bank);
  await mustHavePictures(tx, tenantId, picturesOf(bank.items));
  await tx.query(
    'INSERT INTO banks (tenant_id, id, body) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body',
    [tenantId, bank.id, canonicalJson(bank)],
  );
  await tx.query(
    `INSERT INTO exams (tenant_id, id, bank_id, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, id) DO UPDATE SET bank_id = excluded.bank_id, body = excluded.body`,
    [tenantId, exam.id, bank.id, canonicalJson(exam)],
  );
}

export async function listExams(db: Queries, tenantId: TenantId): Promise<readonly Exam[]> {
  const rows = await select(db, Body, 'SELECT body FROM exams WHERE tenant_id = $1 ORDER BY id', [tenantId]);
  return rows.map(({ body }) => Exam.parse(JSON.parse(body)));
}

/**
 * The bank as canonical JSON, if an exam of the tenant draws from it.
 * @throws Refusal `item-unknown`
 */
export async function readBank(db: Queries, tenantId: TenantId, bankId: BankId): Promise<string> {
  const row = await selectOne(
    db,
    Body,
    `SELECT body FROM banks WHERE tenant_id = $1 AND id = $2
     AND EXISTS (SELECT 1 FROM exams WHERE exams.tenant_id = banks.tenant_id AND exams.bank_id = banks.id)`,
    [tenantId, bankId],
  );
  if (!row) throw new Refusal('item-unknown', 'no exam of this tenant draws from such a bank');
  return row.body;
}

function checkBank(bank: Bank): void {
  const made = makeBank(bank.title, bank.items);
  if (made.hash !== bank.hash || made.id !== bank.id)
    throw new Refusal('hash-mismatch', "the bank's id or hash does not follow from its items");
}

function checkExam(exam: Exam, bank: Bank): void {
  if (exam.bankId !== bank.id)
    throw new Refusal('item-unknown', `the exam draws from ${exam.bankId}, this is ${bank.id}`);
  const full = fullMarks(exam.blueprint);
  if (exam.passMarks > full)
    throw new Refusal('bad-message', `pass marks of ${exam.passMarks} out of ${full} cannot be reached`);
  for (const row of exam.blueprint.rows) {
    const cell = cellOf(row);
    const wanted = exam.blueprint.rows.filter((other) => isDeepStrictEqual(cellOf(other), cell));
    const [needed, there] = [countOf(wanted), bank.items.filter((item) => isIn(cell, item)).length];
    if (needed > there)
      throw new Refusal('bank-too-small', `${needed} items of ${describeCell(cell)} are wanted, ${there} are there`);
  }
}

const countOf = (rows: Exam['blueprint']['rows']): number => rows.reduce((sum, { count }) => sum + count, 0);
