import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitmentTo } from '../../authoring/drawing/index.ts';
import type { Disputes } from '../../contract/people-center/disputes.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { Batch } from '../../contract/records/batches.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { DatabaseTrouble } from '../database/index.ts';
import { demoBank } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  recordOf,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { openJudging } from './index.ts';

let open: TestCenter;
let station: TestStation;
let other: TestStation & { readonly token: string };
let formal: Exam;
const sent = new Map<TestStation, { number: number; batch: Batch }>();
const BANK = demoBank();

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const { code, token } = await addOtherTenant(open);
  other = { ...(await enrolStation(open.app, code)), token };
  formal = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
});
afterAll(() => open.close());

let nth = 0;
const sound = (): ExamRecord => {
  nth += 1;
  const at = new Date(Date.now() + nth * 1000);
  return soundRecordOf(station, { exam: formal, bank: BANK, nth, at, candidateId: `cd_demo-${(nth % 5) + 1}` });
};
const seeded = (seed: string, record = sound()): ExamRecord =>
  ExamRecord.parse({ ...record, form: { ...record.form, seed } });

async function send(from: TestStation, ...records: ExamRecord[]): Promise<void> {
  const before = sent.get(from);
  const batch = await batchOf(from, records, before);
  expect((await from.call('POST', paths.batches, batch)).statusCode).toBe(200);
  sent.set(from, { number: (before?.number ?? 0) + 1, batch });
}
const ask = (method: 'GET' | 'POST', url: string, token: string, payload?: object) =>
  open.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
async function codesOf({ sittingId }: ExamRecord, token = open.secrets.operatorToken): Promise<readonly string[]> {
  const { records } = (await ask('GET', operatorPaths.disputes, token)).json<Disputes>();
  return records.find((one) => one.sittingId === sittingId)?.findings.map(({ code }) => code) ?? [];
}
const unjudged = () => open.center.db.query('SELECT sitting_id FROM records WHERE NOT judged');
const judgeAll = async (): Promise<readonly unknown[]> => {
  const faults: unknown[] = [];
  await openJudging({ kind: 'system' }, open.center, (error) => faults.push(error)).all();
  return faults;
};
const judgeAnew = async (...records: readonly ExamRecord[]) => {
  const ids = records.map(({ sittingId }) => sittingId);
  for (const table of ['record_findings', 'judgements'])
    await open.center.db.query(`DELETE FROM ${table} WHERE sitting_id = ANY($1::text[])`, [ids]);
  await open.center.db.query('UPDATE records SET judged = false WHERE sitting_id = ANY($1::text[])', [ids]);
};

test('a seed that no database keeps is judged like any other, and keeps nobody waiting', async () => {
  const long = 'ab'
    .repeat(4_000)
    .replaceAll('a', () => String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 9_000)));
  const records = ['\u0000', `${commitmentTo('x/1')}\u0000`, '\u0000/3', long].map((seed) => seeded(seed));
  const twice = seeded('\u0000');
  const fair = sound();
  await send(station, ...records, twice, fair);
  expect(await unjudged()).toEqual([]);
  for (const record of records) expect(await codesOf(record)).not.toContain('paper-twice');
  expect(await codesOf(twice)).toContain('paper-twice');
  expect(await codesOf(fair)).not.toContain('judging-failed');
});

test('one that judging throws over is disputed, and all others are judged: of its batch, of its firm, of other firms', async () => {
  const [broken, behind] = [sound(), sound()];
  await send(station, broken, behind);
  const foreign = recordOf(other);
  await send(other, foreign);
  await judgeAnew(broken, behind, foreign);
  const { db } = open.center;
  // As no program of today would take it in.
  const [kept] = await db.query('SELECT body FROM records WHERE sitting_id = $1', [broken.sittingId]);
  await db.query('UPDATE records SET body = $2 WHERE sitting_id = $1', [
    broken.sittingId,
    String(kept?.body).replace('"mode":"formal"', '"mode":"of a later day"'),
  ]);
  const faults = await judgeAll();
  expect(faults.length).toBeGreaterThan(0);
  expect(await unjudged()).toEqual([]);
  await db.query('UPDATE records SET body = $2 WHERE sitting_id = $1', [broken.sittingId, kept?.body]);
  expect(await codesOf(broken)).toEqual(['judging-failed']);
  expect(await codesOf(behind)).not.toContain('judging-failed');
  expect(await codesOf(foreign, other.token)).toContain('exam-unknown');
});

test('one of which not even that can be written down waits for the next time, and keeps nobody waiting', async () => {
  const [lost, behind] = [sound(), sound()];
  await send(station, lost, behind);
  await judgeAnew(lost, behind);
  const { db } = open.center;
  const [kept] = await db.query('SELECT body FROM records WHERE sitting_id = $1', [lost.sittingId]);
  await db.query(`UPDATE records SET body = '{' WHERE sitting_id = $1`, [lost.sittingId]);
  expect((await judgeAll()).length).toBeGreaterThan(1);
  expect(await unjudged()).toEqual([{ sitting_id: lost.sittingId }]);
  await db.query('UPDATE records SET body = $2 WHERE sitting_id = $1', [lost.sittingId, kept?.body]);
  expect([await judgeAll(), await unjudged()]).toEqual([[], []]);
});

test('where the database is at fault no record is disputed for it: all wait for the next time', async () => {
  const record = sound();
  await send(station, record);
  await judgeAnew(record);
  const { db } = open.center;
  const trouble = new DatabaseTrouble('database-busy', new Error('canceling statement due to lock timeout'));
  const troubled = { ...open.center, db: { ...db, transaction: () => Promise.reject(trouble) } };
  const faults: unknown[] = [];
  await openJudging({ kind: 'system' }, troubled, (error) => faults.push(error)).all();
  expect(new Set(faults)).toEqual(new Set([trouble]));
  expect(await unjudged()).toEqual([{ sitting_id: record.sittingId }]);
  expect([await judgeAll(), await unjudged()]).toEqual([[], []]);
  expect(await codesOf(record)).not.toContain('judging-failed');
});

test('a series is revealed beside a record that judging throws over', async () => {
  const junk = seeded(`${commitmentTo('x/1')}\u0000`);
  const fair = sound();
  await send(station, junk, fair);
  const seed = `${station.stationId}${'a'.repeat(32)}/0`;
  const reply = await ask('POST', operatorPaths.series, open.secrets.operatorToken, { seed });
  expect(reply.json().records).toBeGreaterThan(0);
  expect(await unjudged()).toEqual([]);
  expect(await codesOf(fair)).not.toContain('paper-other');
});
