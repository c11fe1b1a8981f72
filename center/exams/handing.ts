import { z } from 'zod';
import { Exam } from '../../contract/words/exam.ts';
import { BankId, type ExamId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { canonicalJson } from '../../proof/index.ts';
import { changing } from '../audit/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustBeShown, mustManage, mustRead, type Reader, type Student } from '../tenants/index.ts';
import { keepBankVersion, keepVersion } from './versions.ts';

const Body = z.object({ body: z.string() });

/** The bodies of these versions that a firm has, by their hashes. */
export async function examsOfVersions(
  actor: Student,
  db: Queries,
  tenantId: TenantId,
  versions: readonly Sha256[],
): Promise<ReadonlyMap<Sha256, Exam>> {
  mustBeShown(actor, tenantId);
  const rows = await select(
    db,
    Body.extend({ hash: Sha256 }),
    'SELECT hash, body FROM exam_versions WHERE tenant_id = $1 AND hash = ANY($2::text[])',
    [tenantId, [...new Set(versions)]],
  );
  return new Map(rows.map(({ hash, body }) => [hash, Exam.parse(JSON.parse(body))]));
}

/** The versions of an exam and since when each is there, the newest first. */
export async function listExamVersions(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
): Promise<readonly { readonly version: Sha256; readonly putAt: Date }[]> {
  mustRead(actor, tenantId);
  return select(
    db,
    z.object({ version: Sha256, putAt: z.date() }),
    `SELECT v.hash AS version, v.put_at AS "putAt" FROM exam_versions v
     LEFT JOIN exams e ON e.tenant_id = v.tenant_id AND e.id = v.exam_id AND e.body = v.body
     WHERE v.tenant_id = $1 AND v.exam_id = $2 ORDER BY (e.id IS NOT NULL) DESC, v.put_at DESC, v.hash`,
    [tenantId, examId],
  );
}

export type Handed = { readonly examId: ExamId; readonly version: Sha256 };
export type Receiver = { readonly actor: Manager; readonly tenantId: TenantId };

/**
 * Gives another firm an exam in one version, with its bank and its pictures: results of its people are its own. Given again, in
 * another version, it takes the place of the one before.
 * @throws Refusal `no-exam` where there is no such version, `exam-other` where that firm has an exam of its own under this id
 */
export async function handExam(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { examId, version }: Handed,
  to: Receiver,
): Promise<void> {
  mustManage(actor, tenantId);
  mustManage(to.actor, to.tenantId);
  if (to.tenantId === tenantId) return;
  await inTransaction(db, async (tx) => {
    const exam = (await examsOfVersions(actor, tx, tenantId, [version])).get(version);
    if (exam?.id !== examId) throw new Refusal('no-exam', `${examId} has no such version`);
    if (!(await isToBeHanded(tx, tenantId, to.tenantId, exam))) return;
    const deed = { tenantId: to.tenantId, what: 'exam-put', subject: { kind: 'exam', id: examId } } as const;
    const state = async (inside: Queries) =>
      (
        await inside.query('SELECT body FROM exams WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [
          to.tenantId,
          examId,
        ])
      )[0];
    await changing(to.actor, tx, deed, state, (inside) => copy(inside, tenantId, to.tenantId, exam));
  });
}

/** Whether it differs from what is there; what is a firm's own is not replaced. */
async function isToBeHanded(tx: Queries, from: TenantId, to: TenantId, exam: Exam): Promise<boolean> {
  const there = await selectOne(
    tx,
    Body.extend({ handedBy: z.string().nullable() }),
    `SELECT e.body, h.from_tenant AS "handedBy" FROM exams e
     LEFT JOIN handed_exams h ON h.tenant_id = e.tenant_id AND h.exam_id = e.id
     WHERE e.tenant_id = $1 AND e.id = $2`,
    [to, exam.id],
  );
  if (!there) return true;
  const same = there.body === canonicalJson(exam);
  if (!same && there.handedBy !== from) throw new Refusal('exam-other', exam.id);
  return !same;
}

async function copy(tx: Queries, from: TenantId, to: TenantId, exam: Exam): Promise<void> {
  const bank = await selectOne(tx, Body, 'SELECT body FROM banks WHERE tenant_id = $1 AND id = $2', [
    from,
    BankId.parse(exam.bankId),
  ]);
  const read = Bank.parse(JSON.parse(bank?.body ?? 'null'));
  await tx.query(
    `INSERT INTO pictures (tenant_id, hash, bytes) SELECT $2, hash, bytes FROM pictures
     WHERE tenant_id = $1 AND hash = ANY($3::text[]) ON CONFLICT (tenant_id, hash) DO NOTHING`,
    [from, to, [...picturesOf(read.items)]],
  );
  await tx.query(
    `INSERT INTO banks (tenant_id, id, body) SELECT $2, id, body FROM banks WHERE tenant_id = $1 AND id = $3
     ON CONFLICT (tenant_id, id) DO NOTHING`,
    [from, to, exam.bankId],
  );
  await tx.query(
    `INSERT INTO exams (tenant_id, id, bank_id, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, id) DO UPDATE SET bank_id = excluded.bank_id, body = excluded.body`,
    [to, exam.id, exam.bankId, canonicalJson(exam)],
  );
  await tx.query(
    `INSERT INTO handed_exams (tenant_id, exam_id, from_tenant) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, exam_id) DO NOTHING`,
    [to, exam.id, from],
  );
  await keepVersion(tx, to, exam);
  await keepBankVersion(tx, to, { exam, bank: read }, undefined);
}
