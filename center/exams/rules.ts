import { z } from 'zod';
import { drawEverywhere, openFormMaker, openSolver } from '../../authoring/drawing/index.ts';
import { type ExamDetails, ExamRules, type ExamVersion, type ListedExam } from '../../contract/platform/exams.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { Exam, WATCHED, type Watched } from '../../contract/words/exam.ts';
import { ExamId, instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import { makeId } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';
import { bankContents } from './bank-contents.ts';
import { bankOf } from './banks.ts';
import { listExams, putExam, readExam } from './exams.ts';

const MOST_VERSIONS = 50;

/** What is sat at a firm, with how much of its bank a form has. */
export async function listRules(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly ListedExam[]> {
  mustRead(actor, tenantId);
  const sql = `SELECT v.exam_id AS id, v.items FROM bank_versions v JOIN exams e
    ON e.tenant_id = v.tenant_id AND e.id = v.exam_id AND e.bank_id = v.bank_id WHERE v.tenant_id = $1`;
  const rows = await select(db, z.object({ id: ExamId, items: z.int() }), sql, [tenantId]);
  const ofItems = new Map(rows.map(({ id, items }) => [id, items]));
  return (await listExams(actor, db, tenantId)).flatMap(({ id, title, mode, blueprint, ...exam }) =>
    mode === 'learning'
      ? []
      : [
          {
            ...{ id, title, mode, ofItems: ofItems.get(id) ?? 0, marks: fullMarks(blueprint) },
            items: blueprint.rows.reduce((sum, { count }) => sum + count, 0),
            ...{ passMarks: exam.passMarks, durationSeconds: exam.durationSeconds, attempts: exam.attempts },
          },
        ],
  );
}

/** @throws Refusal `no-exam`, for a course too */
export async function readRules(actor: Reader, db: Queries, tenantId: TenantId, id: ExamId): Promise<ExamDetails> {
  mustRead(actor, tenantId);
  const exam = mustBeSat(await readExam(actor, db, tenantId, id));
  const bank = await bankFor(db, tenantId, exam);
  const current = versionOf(exam);
  return {
    ...{ id, rules: rulesOf(exam), version: current, handed: await isHanded(db, tenantId, id) },
    ...{ bank: bankContents(bank), versions: await versionsOf(db, tenantId, id, current) },
  };
}

/** The bank that an exam draws from now. @throws Refusal `no-exam` where it is a course, or none */
export async function bankOfExam(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  id: ExamId,
): Promise<{ readonly exam: Exam; readonly bank: Bank }> {
  mustRead(actor, tenantId);
  const exam = mustBeSat(await readExam(actor, db, tenantId, id));
  return { exam, bank: await bankFor(db, tenantId, exam) };
}

type Change = { readonly id: ExamId; readonly version: Sha256; readonly rules: ExamRules };

/**
 * Puts an exam under other rules. Stations hear of it within a minute; who has begun goes on by what they began with.
 * @returns its version from now on
 * @throws Refusal `no-exam`, `exam-changed` where it is not what was seen, `not-allowed-now` where another firm gave it,
 * `bad-message`, and as {@link putExam} and a form maker
 */
export async function changeRules(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { id, version, rules }: Change,
): Promise<Sha256> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    await tx.query('SELECT 1 FROM exams WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [tenantId, id]);
    const before = mustBeSat(await readExam(actor, tx, tenantId, id));
    if (versionOf(before) !== version) throw new Refusal('exam-changed', id);
    if (await isHanded(tx, tenantId, id)) throw new Refusal('not-allowed-now', 'whoever gave this exam changes it');
    const exam = examUnder(before, rules);
    await put(actor, tx, tenantId, exam);
    return versionOf(exam);
  });
}

/**
 * Another exam from the bank of one that is there.
 * @throws Refusal as {@link changeRules}
 */
export async function addExam(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { of, rules }: { readonly of: ExamId; readonly rules: ExamRules },
): Promise<ExamId> {
  mustManage(actor, tenantId);
  const like = mustBeSat(await readExam(actor, db, tenantId, of));
  const exam = examUnder({ ...like, id: ExamId.parse(makeId('ex')) }, rules);
  await put(actor, db, tenantId, exam);
  return exam.id;
}

/**
 * The exam under these rules. What another version of this program watches stays as it was.
 * @throws Refusal `bad-message` where they make no sense together
 */
export function examUnder(before: Exam, rules: ExamRules): Exam {
  const unknown = Object.entries(before.watch ?? {}).filter(([what]) => !isWatched(what));
  const watch = { ...Object.fromEntries(unknown), ...rules.watch };
  const { data, error } = Exam.safeParse({
    ...{ id: before.id, bankId: before.bankId, ...rules },
    watch: Object.keys(watch).length > 0 ? watch : undefined,
  });
  if (!data) throw new Refusal('bad-message', z.prettifyError(error));
  return data;
}

const isWatched = (what: string): what is Watched => WATCHED.some((one) => one === what);

/** What nobody can draw, a difficulty that no form has, is found out here and not on the day. */
async function put(actor: Manager, db: Queries, tenantId: TenantId, exam: Exam): Promise<void> {
  const bank = await bankFor(db, tenantId, exam);
  drawEverywhere(openFormMaker(bank, exam.blueprint, await openSolver()), exam.blueprint);
  await putExam(actor, db, tenantId, { exam, bank });
}

/** The rules that an exam has, without what is not a matter of choice. */
function rulesOf({ id: _, bankId: __, course: ___, watch, ...exam }: Exam): ExamRules {
  const known = Object.entries(watch ?? {}).filter(([what]) => isWatched(what));
  return ExamRules.parse({ ...exam, ...(known.length > 0 ? { watch: Object.fromEntries(known) } : {}) });
}

function mustBeSat(exam: Exam): Exam {
  if (exam.mode === 'learning') throw new Refusal('no-exam', `${exam.id} is a course`);
  return exam;
}

async function bankFor(db: Queries, tenantId: TenantId, { bankId }: Exam): Promise<Bank> {
  const bank = await bankOf(db, tenantId, bankId);
  if (!bank) throw new Refusal('item-unknown', bankId);
  return bank;
}

const versionOf = (exam: Exam): Sha256 => sha256(canonicalJson(exam));

async function isHanded(db: Queries, tenantId: TenantId, id: ExamId): Promise<boolean> {
  const sql = 'SELECT 1 AS there FROM handed_exams WHERE tenant_id = $1 AND exam_id = $2';
  return (await selectOne(db, z.object({ there: z.int() }), sql, [tenantId, id])) !== undefined;
}

const Version = z.object({ version: Sha256, putAt: z.date(), body: z.string() });

async function versionsOf(
  db: Queries,
  tenantId: TenantId,
  id: ExamId,
  current: Sha256,
): Promise<readonly ExamVersion[]> {
  const rows = await select(
    db,
    Version,
    `SELECT hash AS version, put_at AS "putAt", body FROM exam_versions
     WHERE tenant_id = $1 AND exam_id = $2 ORDER BY hash = $3 DESC, put_at DESC, hash LIMIT $4`,
    [tenantId, id, current, MOST_VERSIONS],
  );
  return rows.map(({ version, putAt, body }) => ({
    ...{ version, putAt: instant(putAt), current: version === current },
    rules: rulesOf(Exam.parse(JSON.parse(body))),
  }));
}
