import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditPage } from '../../contract/people-center/audit.ts';
import type { Disputes, ListedDispute, SettleWish } from '../../contract/people-center/disputes.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { Batch } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { instant, type TenantId } from '../../contract/words/ids.ts';
import { batchId, sha256 } from '../../proof/index.ts';
import { demoBank } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type Sat,
  signIn,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { openJudging, readDoubts, readTotals } from './index.ts';

let open: TestCenter;
let station: TestStation;
let formal: Exam;
let sent: { number: number; batch: Batch } | null;
let nth: number;
const BANK = demoBank();
const TENANT = 'tn_demo' as TenantId;
const OPERATOR = { kind: 'operator', tenantId: TENANT } as const;

beforeAll(async () => {
  open = await openTestCenter();
});
beforeEach(async () => {
  station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
  formal = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
  [sent, nth] = [null, 0];
});
afterAll(() => open.close());

const ask = (method: 'GET' | 'POST', url: string, payload?: object, token = open.secrets.operatorToken) =>
  open.app.inject({
    ...{ method, url, headers: { authorization: `Bearer ${token}` } },
    ...(payload === undefined ? {} : { payload }),
  });
const disputes = async (token?: string) =>
  (await ask('GET', operatorPaths.disputes, undefined, token)).json<Disputes>();
const disputeOf = async ({ sittingId }: ExamRecord): Promise<ListedDispute | undefined> =>
  (await disputes()).records.find((one) => one.sittingId === sittingId);
const codesOf = async (record: ExamRecord): Promise<readonly string[]> =>
  (await disputeOf(record))?.findings.map(({ code }) => code) ?? [];
const settle = (wish: SettleWish | object, token?: string) => ask('POST', operatorPaths.disputes, wish, token);

let people = 0;
/** Somebody new on the roster, who has sat nothing yet. */
async function somebody(): Promise<{ readonly candidateId: string }> {
  people += 1;
  const digits = `11010519850101${100 + people}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(digits[at]), 0);
  const candidate = {
    id: `cd_new-${people}`,
    name: `新人${people}`,
    number: `${digits}${'10X98765432'[sum % 11]}`,
    examId: 'ex_demo',
  };
  expect((await ask('POST', operatorPaths.candidates, candidate)).json()).toMatchObject({ ok: true });
  return { candidateId: candidate.id };
}

/** Station time is now: it was enrolled a moment ago, and a clock may be off by ten minutes. */
const sound = (sat: Partial<Sat> = {}): ExamRecord => {
  nth += 1;
  return soundRecordOf(station, { exam: formal, bank: BANK, nth, at: new Date(Date.now() + nth * 1000), ...sat });
};
async function send(...records: ExamRecord[]): Promise<Batch> {
  const batch = await batchOf(station, records, sent);
  const reply = await station.call('POST', paths.batches, batch);
  expect([reply.statusCode, reply.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
  sent = { number: (sent?.number ?? 0) + 1, batch };
  return batch;
}

describe('a record', () => {
  test('that fits what the center knows is not in doubt', async () => {
    const before = await readTotals(OPERATOR, open.center.db, TENANT);
    const records = [sound(await somebody()), sound({ ...(await somebody()), right: 3 })];
    await send(...records);
    for (const record of records) expect(await codesOf(record)).toEqual([]);
    const after = await readTotals(OPERATOR, open.center.db, TENANT);
    expect([after.formal - before.formal, after.passed - before.passed]).toEqual([2, 1]);
  });

  test('that contradicts what was seen of its station is in doubt; a remark is none, and somebody may decide on it', async () => {
    const [{ candidateId }, other] = [await somebody(), await somebody()];
    const rewritten = sound({ candidateId });
    const { sequence } = rewritten.ledger;
    const ledger = { sequence, head: sha256('another') };
    await station.call('POST', paths.readiness, { status: 'READY', at: instant(new Date()), checks: [], ledger });
    const at = instant(new Date());
    const time = { lower: null, token: null, jumps: [{ at, ms: 90_000 }], boots: 0 };
    const remarked = sound({
      ...other,
      changes: { format: 'exam-station/record@9', time } as NonNullable<Sat['changes']>,
    });
    const plain = sound(await somebody());
    await send(rewritten, remarked, plain);
    expect([await codesOf(rewritten), await codesOf(remarked)]).toEqual([['ledger-rewritten'], []]);
    const decide = ({ sittingId }: ExamRecord, decision: string) =>
      settle({ sittingId, decision, by: '王主任', note: '备份恢复' });
    expect((await decide(plain, 'void')).json()).toMatchObject({ reason: 'not-allowed-now' });
    const before = await readTotals(OPERATOR, open.center.db, TENANT);
    expect((await decide(rewritten, 'stands')).statusCode).toBe(200);
    expect((await readTotals(OPERATOR, open.center.db, TENANT)).formal).toBe(before.formal + 1);
    expect((await decide(remarked, 'void')).statusCode).toBe(200);
    expect((await readTotals(OPERATOR, open.center.db, TENANT)).formal).toBe(before.formal);
    expect(await disputeOf(remarked)).toMatchObject({ verdict: 'sound', settlements: [{ decision: 'void' }] });
  });

  test('that does not is logged and receipted as any other, and counts as not passed until somebody decides', async () => {
    const before = await readTotals(OPERATOR, open.center.db, TENANT);
    const doubts = await readDoubts(OPERATOR, open.center.db, TENANT);
    const record = recordOf(station, { marks: 100, answers: [], startedAt: '2019-01-01T00:00:00.000Z' });
    await send(record);
    expect(await codesOf(record)).toEqual(
      expect.arrayContaining(['paper-unknown', 'marks-other', 'unlock-missing', 'time-early']),
    );
    expect(await readTotals(OPERATOR, open.center.db, TENANT)).toMatchObject({ formal: before.formal });
    expect((await readDoubts(OPERATOR, open.center.db, TENANT)).disputed).toBe(doubts.disputed + 1);

    const { sittingId } = record;
    const stands = { sittingId, decision: 'stands', by: '李主任', note: '已调录像核对' };
    expect((await settle(stands)).statusCode).toBe(200);
    expect((await readTotals(OPERATOR, open.center.db, TENANT)).passed).toBe(before.passed + 1);
    await settle({ ...stands, decision: 'void', note: '录像里不是本人' });
    expect((await readTotals(OPERATOR, open.center.db, TENANT)).passed).toBe(before.passed);
    const kept = await disputeOf(record);
    expect(kept?.settlements).toMatchObject([{ decision: 'stands', by: '李主任' }, { decision: 'void' }]);
    const cookie = await signIn(open.app, open.secrets.operatorToken);
    const page = await open.app.inject({ url: '/', headers: { cookie } });
    expect(page.body).toContain('李主任：录像里不是本人');
    expect(page.body).not.toContain('李主任：已调录像核对');
    const audited = await ask('GET', `${operatorPaths.audit}?what=dispute-settled&about=${stands.sittingId}`);
    expect(audited.json<AuditPage>().lines).toHaveLength(2);
    expect(kept?.findings.length).toBeGreaterThan(3);
  });

  test('is settled by its own firm’s operator, and only where it is in doubt', async () => {
    const [record, other] = [recordOf(station), sound(await somebody())];
    await send(record, other);
    const { token } = await addOtherTenant(open);
    const wish = { sittingId: record.sittingId, decision: 'stands', by: '某人', note: '随便' };
    expect((await settle(wish, token)).json()).toMatchObject({ reason: 'item-unknown' });
    expect((await disputes(token)).records).toEqual([]);
    expect((await settle({ ...wish, sittingId: other.sittingId })).json()).toMatchObject({ reason: 'not-allowed-now' });
    expect((await settle({ ...wish, note: '' })).statusCode).toBe(400);
    expect((await settle({ ...wish, by: ' ' })).statusCode).toBe(400);
  });

  test('beyond the attempts there are is disputed, at whichever station, and one that is void used up none', async () => {
    const who = await somebody();
    const [first, second] = [sound(who), sound(who)];
    await send(first, second);
    station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    sent = null;
    const third = sound(who);
    await send(third);
    // All three were at the same time besides: those that were judged before are disputed by what came after.
    for (const one of [first, second]) expect(await codesOf(one)).toEqual(['sat-twice']);
    expect(await codesOf(third)).toEqual(['attempts-exceeded', 'sat-twice']);
    const used = async () =>
      (await station.assignment()).candidates.find(({ id }) => id === who.candidateId)?.attemptsUsed;
    expect(await used()).toBe(3);
    await settle({ sittingId: third.sittingId, decision: 'void', by: '李主任', note: '第三次' });
    expect(await used()).toBe(2);
  });

  test('with the form of another, or a place in the ledger that is taken or out of time, is disputed', async () => {
    const first = sound({ ...(await somebody()), nth: 40 });
    await send(first);
    const same = sound({ ...(await somebody()), changes: { form: first.form, answers: first.answers } });
    const taken = sound({ ...(await somebody()), changes: { ledger: first.ledger } });
    const late = sound({ ...(await somebody()), at: new Date(Date.now() - 3_600_000), nth: 50 });
    await send(same, taken, late);
    expect(await codesOf(same)).toEqual(['paper-twice']);
    expect(await codesOf(taken)).toEqual(['ledger-back']);
    expect(await codesOf(late)).toEqual(expect.arrayContaining(['ledger-back']));
  });

  test('of an exam that was put anew since is judged by what it was sat by', async () => {
    const before = sound(await somebody());
    const changed = { ...formal, passMarks: 90, blueprint: { rows: [{ kind: 'single', count: 20, marks: 5 }] } };
    expect((await ask('POST', operatorPaths.exams, { exam: changed, bank: BANK })).statusCode).toBe(200);
    const since = sound({ ...(await somebody()), exam: changed as Exam });
    await send(before, since);
    expect([await codesOf(before), await codesOf(since)]).toEqual([[], []]);
    await ask('POST', operatorPaths.exams, { exam: formal, bank: BANK });
  });

  test('with another form than its seed gives is disputed once its station has revealed the series', async () => {
    const [fair, other] = [sound(await somebody()), sound(await somebody())];
    const swapped = sound({ ...(await somebody()), changes: { answers: other.answers, marks: other.marks } });
    await send(fair, swapped);
    expect([await codesOf(fair), await codesOf(swapped)]).toEqual([[], []]);
    const reveal = (seed: string, token?: string) => ask('POST', operatorPaths.series, { seed }, token);
    expect((await reveal('another/0')).json()).toMatchObject({ reason: 'item-unknown' });
    expect((await reveal(`${station.stationId}${'a'.repeat(32)}/0`)).json()).toEqual({ records: 2 });
    expect([await codesOf(fair), await codesOf(swapped)]).toEqual([[], ['paper-other']]);
    const { token } = await addOtherTenant(open, 'tn_third');
    expect((await reveal(`${station.stationId}${'a'.repeat(32)}/0`, token)).statusCode).toBe(404);
  });

  test('with a year that no database has is logged, judged, and kept as it was signed', async () => {
    for (const at of ['0000-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
      const record = recordOf(station, { startedAt: at, submittedAt: at, activeMs: Number.MAX_SAFE_INTEGER });
      await send(record);
      expect(await codesOf(record)).toContain(at < '2' ? 'time-early' : 'time-ahead');
      expect((await disputeOf(record))?.submittedAt).toBe(at);
    }
    const cookie = await signIn(open.app, open.secrets.operatorToken);
    const page = await open.app.inject({ url: '/', headers: { cookie } });
    expect(page.statusCode).toBe(200);
  });

  test('of a course with more lessons and seconds than any has keeps no station from its assignment', async () => {
    const course = (await station.assignment()).exams.find(({ mode }) => mode === 'learning') as Exam;
    const record = sound({ exam: course });
    const other = sound({ exam: course }) as Extract<ExamRecord, { learning?: unknown }>;
    const lessons = Array.from({ length: 300 }, (_, n) => ({
      ...{ lessonId: `le_${n}`, seconds: Number.MAX_SAFE_INTEGER, total: Number.MAX_SAFE_INTEGER, complete: true },
    }));
    const huge: ExamRecord = { ...other, learning: { ...other.learning, lessons } as never };
    await send(huge, record);
    expect(await codesOf(huge)).toEqual(['study-other']);
    expect(await codesOf(record)).toEqual([]);
    await settle({ sittingId: huge.sittingId, decision: 'stands', by: '某人', note: '看错了' });
    expect((await station.assignment()).candidates.length).toBeGreaterThan(0);
  });
});

describe('a chain', () => {
  test('that forks is kept with both headers, for as long as the station signs', async () => {
    const first = await send(sound());
    const rival = await batchOf(station, [sound()]);
    expect((await station.call('POST', paths.batches, rival)).json()).toMatchObject({ reason: 'chain-broken' });
    const { rivals } = await disputes();
    const found = rivals.find(({ stationId }) => stationId === station.stationId);
    expect(found).toMatchObject({
      ...{ kind: 'rival', number: 1, id: batchId(rival), header: rival.header },
      ...{ againstId: batchId(first), against: first.header },
    });
  });

  test('that another station signed, or that goes on too far, is no fork', async () => {
    const first = await send(sound());
    const far = await batchOf(station, [sound()], { number: 7, batch: first });
    await station.call('POST', paths.batches, far);
    const other = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    const forged = await batchOf({ ...station, signer: other.signer }, [sound()]);
    await station.call('POST', paths.batches, forged);
    expect((await disputes()).rivals.filter(({ stationId }) => stationId === station.stationId)).toEqual([]);
  });

  test('in which a batch stands for one that was never refused says so; where it was, all is well', async () => {
    const logged = sound({ candidateId: 'cd_demo-2' });
    await send(logged);
    const refused = await batchOf(station, [{ ...logged, marks: 3 }, sound()], sent);
    expect((await station.call('POST', paths.batches, refused)).statusCode).toBe(422);
    const instead = await batchOf(station, [sound()], sent, { replaces: batchId(refused) });
    expect((await station.call('POST', paths.batches, instead)).statusCode).toBe(200);
    sent = { number: 2, batch: instead };
    const behind = await batchOf(station, [sound()], sent, {
      replaces: batchId(await batchOf(station, [sound()], sent)),
    });
    expect((await station.call('POST', paths.batches, behind)).statusCode).toBe(200);
    const mine = async () => (await disputes()).rivals.filter(({ stationId }) => stationId === station.stationId);
    expect(await mine()).toEqual([]);
    sent = { number: 3, batch: behind };
    await send(sound());
    const never = batchId(await batchOf(station, [sound()], sent));
    const made = await batchOf(station, [sound()], sent, { replaces: never });
    expect((await station.call('POST', paths.batches, made)).statusCode).toBe(200);
    expect(await mine()).toMatchObject([{ kind: 'replaced', number: 5, againstId: never }]);
  });
});

test('what was not judged when it came in is judged at the next start', async () => {
  const record = recordOf(station);
  await send(record);
  const { db } = open.center;
  for (const table of ['record_findings', 'judgements'])
    await db.query(`DELETE FROM ${table} WHERE sitting_id = $1`, [record.sittingId]);
  await db.query('UPDATE records SET judged = false');
  const faults: unknown[] = [];
  await openJudging({ kind: 'system' }, open.center, (error) => faults.push(error)).all();
  expect(faults).toEqual([]);
  expect(await codesOf(record)).toContain('paper-unknown');
  expect(await db.query('SELECT 1 FROM records WHERE NOT judged')).toEqual([]);
});
