import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { seedOf, turnOf } from '../../authoring/drawing/index.ts';
import type { MockAnswer, MockFlag, MockView } from '../../contract/home/home-api.ts';
import { givenOf } from '../../contract/words/form.ts';
import { ExamId, instant, MockId, type TenantId } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeId } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { readBank, readExam } from '../exams/index.ts';
import { oneself } from '../people/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { type HomeMockExam, isHomeMock } from './at-home.ts';
import { mustBePossible } from './courses.ts';
import { tellsKeys } from './keys.ts';
import {
  drawPaper,
  itemsOf,
  MockAnswers,
  MockPaper,
  MockResult,
  markPaper,
  mistakesOf,
  withAnswer,
  withFlag,
} from './mock-paper.ts';

/** So many of one exam may be begun within a day: it is to be learnt from, and a bank is not to be copied out. */
const MOST_A_DAY = 10;
const DAY_MS = 24 * 3_600_000;
/** What was on its way when the time was up still counts. */
const LATE_MS = 15_000;

const Text = <S extends z.ZodType>(shape: S) => z.string().transform((text) => shape.parse(JSON.parse(text)));
const Row = z.object({
  id: MockId,
  examId: ExamId,
  seed: z.string(),
  begunAt: z.date(),
  endsAt: z.date(),
  endedAt: z.date().nullable(),
  paper: Text(MockPaper),
  answers: Text(MockAnswers),
  result: Text(MockResult).nullable(),
});
type Mock = z.infer<typeof Row>;

const COLUMNS = `id, exam_id AS "examId", seed, begun_at AS "begunAt", ends_at AS "endsAt", ended_at AS "endedAt",
  paper, answers, result`;

/**
 * One of whoever asks; one whose time is up is handed in. It is held until the transaction ends.
 * @throws Refusal `no-exam`
 */
async function mockFor(actor: Learner, tx: Queries, tenantId: TenantId, id: MockId, now: Date): Promise<Mock> {
  const sql = `SELECT ${COLUMNS} FROM home_mocks WHERE tenant_id = $1 AND candidate_id = $2 AND id = $3 FOR UPDATE`;
  const mock = await selectOne(tx, Row, sql, [tenantId, actor.candidateId, id]);
  if (!mock) throw new Refusal('no-exam');
  return isOverdue(mock, now) ? end(tx, tenantId, mock, 'time-up', mock.endsAt) : mock;
}

const isOverdue = ({ endedAt, endsAt }: Pick<Mock, 'endedAt' | 'endsAt'>, now: Date): boolean =>
  !endedAt && now.getTime() > endsAt.getTime() + LATE_MS;

async function end(tx: Queries, tenantId: TenantId, mock: Mock, cause: MockResult['cause'], at: Date): Promise<Mock> {
  const result = markPaper(mock.paper, mock.answers, cause);
  const sql = 'UPDATE home_mocks SET ended_at = $3, result = $4 WHERE tenant_id = $1 AND id = $2';
  await tx.query(sql, [tenantId, mock.id, at.toISOString(), JSON.stringify(result)]);
  return { ...mock, endedAt: at, result };
}

/** @throws Refusal `not-at-home` for every exam but a mock that may be sat at home */
async function mockExam(actor: Learner, db: Queries, tenantId: TenantId, examId: ExamId): Promise<HomeMockExam> {
  const exam = await readExam(actor, db, tenantId, examId);
  if (!isHomeMock(exam)) throw new Refusal('not-at-home');
  return exam;
}

const Begun = z.object({
  id: MockId,
  seed: z.string(),
  begunAt: z.date(),
  endsAt: z.date(),
  endedAt: z.date().nullable(),
});

/**
 * Begins a mock exam; where one of the same exam is open, that is the one.
 * @throws Refusal `no-exam`, `not-at-home`, `mocks-too-many`, `bank-too-small`, `difficulty-unreachable`
 */
export async function beginMock(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  examId: ExamId,
  now: Date,
): Promise<MockId> {
  mustLearn(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const exam = await mockExam(actor, tx, tenantId, examId);
    // Two taps at once: the second waits here for the first, and finds what it began.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`home-mock:${tenantId}:${actor.candidateId}`]);
    const sql = `SELECT id, seed, begun_at AS "begunAt", ends_at AS "endsAt", ended_at AS "endedAt" FROM home_mocks
      WHERE tenant_id = $1 AND candidate_id = $2 AND exam_id = $3 ORDER BY begun_at DESC LIMIT $4`;
    const before = await select(tx, Begun, sql, [tenantId, actor.candidateId, examId, MOST_A_DAY]);
    const open = before.find((one) => !one.endedAt && !isOverdue(one, now));
    if (open) return open.id;
    const today = before.filter(({ begunAt }) => now.getTime() - begunAt.getTime() < DAY_MS);
    if (today.length >= MOST_A_DAY) throw new Refusal('mocks-too-many');
    return put(actor, tx, tenantId, exam, nextSeed(before[0]?.seed), now);
  });
}

/** Each paper of somebody is the next of a series of their own: no question comes up again before the others have. */
function nextSeed(last: string | undefined): string {
  if (last === undefined) return seedOf({ series: randomBytes(16).toString('hex'), serial: 0 });
  const { series, serial } = turnOf(last);
  return seedOf({ series, serial: serial + 1 });
}

async function put(
  actor: Learner,
  tx: Queries,
  tenantId: TenantId,
  exam: HomeMockExam,
  seed: string,
  now: Date,
): Promise<MockId> {
  const bank = Bank.parse(JSON.parse(await readBank(actor, tx, tenantId, exam.bankId)));
  const paper = await drawPaper(exam, bank, seed);
  const { extraMinutes } = await oneself(actor, tx, tenantId);
  const endsAt = new Date(now.getTime() + (exam.durationSeconds + extraMinutes * 60) * 1000);
  const id = MockId.parse(makeId('mk'));
  const pictures = [...picturesOf(paper.items.map(({ item }) => item))];
  await tx.query(
    `INSERT INTO home_mocks (tenant_id, id, candidate_id, exam_id, seed, begun_at, ends_at, paper, shows, answers)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]')`,
    [
      ...[tenantId, id, actor.candidateId, exam.id, seed, now.toISOString(), endsAt.toISOString()],
      ...[JSON.stringify(paper), pictures],
    ],
  );
  return id;
}

/** A mock exam as it stands. @throws Refusal `no-exam` */
export async function readMock(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  id: MockId,
  now: Date,
): Promise<MockView> {
  mustLearn(actor, tenantId);
  return inTransaction(db, async (tx) => {
    const mock = await mockFor(actor, tx, tenantId, id, now);
    return mock.result && mock.endedAt
      ? overView(actor, tx, tenantId, mock, mock.result, mock.endedAt)
      : openView(mock, now);
  });
}

const openView = ({ id, paper, answers, endsAt }: Mock, now: Date): MockView => ({
  ...{ state: 'open', id, title: paper.title, items: itemsOf(paper), answers },
  remainingMs: Math.max(0, endsAt.getTime() - now.getTime()),
});

async function overView(
  actor: Learner,
  tx: Queries,
  tenantId: TenantId,
  { id, examId, paper, answers }: Mock,
  result: MockResult,
  endedAt: Date,
): Promise<MockView> {
  const exam = await readExam(actor, tx, tenantId, examId);
  const ids = paper.items.map(({ item }) => item.id);
  // Asked each time: what was free to be told may have come into an exam that counts since.
  const keysTold = isHomeMock(exam) && (await tellsKeys(actor, tx, tenantId, exam, ids));
  return {
    ...{ state: 'over', id, examId, title: paper.title, passMarks: paper.passMarks, keysTold, ...result },
    endedAt: instant(endedAt),
    mistakes: mistakesOf(paper, answers, keysTold),
  };
}

/** Changes the answers of one that is open. @throws Refusal `not-allowed-now` once it is over, `item-unknown` */
async function change(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  id: MockId,
  now: Date,
  make: (mock: Mock) => MockAnswers,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const mock = await mockFor(actor, tx, tenantId, id, now);
    // What had to be handed in by time stays handed in, whatever is refused now.
    if (mock.endedAt) return 'over' as const;
    const sql = 'UPDATE home_mocks SET answers = $3 WHERE tenant_id = $1 AND id = $2';
    await tx.query(sql, [tenantId, id, JSON.stringify(make(mock))]);
    return 'kept' as const;
  }).then((became) => {
    if (became === 'over') throw new Refusal('not-allowed-now', 'it is over');
  });
}

function itemOf({ paper }: Mock, itemId: string) {
  const found = paper.items.find(({ item }) => item.id === itemId);
  if (!found) throw new Refusal('item-unknown', itemId);
  return found.item;
}

/** Keeps an answer. @throws Refusal `not-allowed-now`, `no-exam`, `item-unknown`, `option-unknown` */
export async function answerMock(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  id: MockId,
  { itemId, revision, ...given }: MockAnswer,
  now: Date,
): Promise<void> {
  mustLearn(actor, tenantId);
  await change(actor, db, tenantId, id, now, (mock) => {
    mustBePossible(itemOf(mock, itemId), given);
    return withAnswer(mock.answers, { itemId, ...givenOf(given), revision });
  });
}

/** @throws Refusal `not-allowed-now`, `no-exam`, `item-unknown` */
export async function flagMock(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
  id: MockId,
  { itemId, flagged }: MockFlag,
  now: Date,
): Promise<void> {
  mustLearn(actor, tenantId);
  await change(actor, db, tenantId, id, now, (mock) => withFlag(mock.answers, itemOf(mock, itemId).id, flagged));
}

/** Hands it in, once: asked again, it is over already. @throws Refusal `no-exam` */
export async function endMock(actor: Learner, db: Queries, tenantId: TenantId, id: MockId, now: Date): Promise<void> {
  mustLearn(actor, tenantId);
  await inTransaction(db, async (tx) => {
    const mock = await mockFor(actor, tx, tenantId, id, now);
    if (!mock.endedAt) await end(tx, tenantId, mock, 'handed-in', now);
  });
}
