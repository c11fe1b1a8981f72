import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificateList, OneCertificate } from '../../contract/people-center/certificates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { Batch } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { type Instant, instant } from '../../contract/words/ids.ts';
import { isNumberOf, verifyCertificateOfPassing } from '../../proof/certificates/index.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import type { Queries } from '../database/index.ts';
import { openJudging } from '../results/index.ts';
import { demoBank } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { withCertificates } from './issuing.ts';
import { monthsAfter } from './terms.ts';

/** Places of certificates are given out one at a time under it. */
const PLACES_LOCK = 845_275;
const SYSTEM = { kind: 'system' } as const;

let open: TestCenter;
let station: TestStation;
let formal: Exam;
let otherToken: string;
let sent: { number: number; batch: Batch } | undefined;
/** The test turns the clock. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const ADDRESS = 'https://center.example';

beforeAll(async () => {
  open = await openTestCenter({ now, address: ADDRESS });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  otherToken = (await addOtherTenant(open)).token;
  // Nobody sits two exams at once.
  for (const [id, number] of [
    ['cd_demo-6', '11010519491231002X'],
    ['cd_demo-7', '440524188001010014'],
    ['cd_demo-8', '110105199206060062'],
    ['cd_demo-9', '110105199206060070'],
  ])
    await ask('PUT', operatorPaths.candidates, { id, number, name: `周${id}`, examId: 'ex_demo' });
  formal = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
});
afterAll(() => open.close());

let nth = 0;
const record = (sat: { readonly candidate: number; readonly right?: number }): ExamRecord => {
  nth += 1;
  const { candidate, ...more } = sat;
  const at = new Date(Date.now() + nth * 1_000);
  return soundRecordOf(station, {
    exam: formal,
    bank: demoBank(),
    nth,
    at,
    candidateId: `cd_demo-${candidate}`,
    ...more,
  });
};
async function send(...records: ExamRecord[]): Promise<void> {
  const batch = await batchOf(station, records, sent);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  sent = { number: (sent?.number ?? 0) + 1, batch };
}
const ask = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, token = open.secrets.operatorToken) =>
  open.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
const list = async (query = '', token?: string): Promise<CertificateList> =>
  (await ask('GET', `${operatorPaths.certificates}${query}`, undefined, token)).json();
const one = (number: string) => `${operatorPaths.certificates}/${number}`;
const of = async ({ sittingId }: ExamRecord) => {
  const sql = 'SELECT number FROM certificates WHERE sitting_id = $1';
  return (await open.center.db.query(sql, [sittingId])).map(({ number }) => String(number));
};
const issueAll = () => {
  const faults: unknown[] = [];
  const judging = openJudging({ kind: 'system' }, open.center, (error) => faults.push(error));
  return withCertificates({ kind: 'system' }, open.center, judging, (error) => faults.push(error))
    .all()
    .then(() => expect(faults).toEqual([]));
};
const statusLists = async () =>
  Promise.all(
    ['revocation-1', 'suspension-1'].map(
      async (name) => (await open.app.inject(`/v1/certificates/status/${name}`)).body,
    ),
  );
const check = async (text: string) => {
  // Lists are told again for some seconds.
  ahead += 6_000;
  const lists = await statusLists();
  return verifyCertificateOfPassing(text, lists, { root: open.center.keys.root, now: instant(now()) });
};

describe('a formal exam that was passed', () => {
  test('has one certificate, however often it is looked at, and no other exam has any', async () => {
    const [passed, failed] = [record({ candidate: 1 }), record({ candidate: 2, right: 0 })];
    await send(passed, failed);
    await issueAll();
    await issueAll();
    expect(await of(passed)).toHaveLength(1);
    expect(await of(failed)).toEqual([]);
    const { certificates } = await list();
    expect(certificates).toMatchObject([{ candidateId: 'cd_demo-1', examId: 'ex_demo', standing: 'valid' }]);
    expect(certificates[0]?.expiresAt).toBe(monthsAfter(passed.submittedAt, 36));
  });

  test('is proven by the file, with the root alone and the lists of the center', async () => {
    const [{ number = '' } = {}] = (await list()).certificates;
    const file = (await ask('GET', `${one(number)}/certificate.json`)).body;
    const checked = await check(file);
    expect(checked).toMatchObject({ ok: true, standing: 'valid', trust: 'pinned', facts: { number } });
    const { salt } = (await ask('GET', one(number))).json<OneCertificate>();
    const [known] = await open.center.db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-1'`);
    expect(checked.ok && isNumberOf(checked, String(known?.number), salt)).toBe(true);
    expect(file).toContain(`${ADDRESS}/certificates/${number}`);
    expect(file).not.toContain(String(known?.number));
  });

  test('has none where whoever passed it is erased while it waits for its place', async () => {
    const passed = record({ candidate: 9 });
    const { db } = open.center;
    const erasedAt = (sql: string) => `UPDATE candidates SET erased_at = ${sql} WHERE id = 'cd_demo-9'`;
    await db.query(erasedAt('now()'));
    await send(passed);
    const waiting = 'SELECT 1 FROM records WHERE sitting_id = $1 AND NOT judged';
    await eventually(async () => expect(await db.query(waiting, [passed.sittingId])).toEqual([]));
    await db.query(erasedAt('NULL'));
    let waited = 0;
    const erasing = (tx: Queries): Queries => ({
      query: async (sql, params) => {
        if (params?.[0] === PLACES_LOCK) waited += (await tx.query(`${erasedAt('now()')} RETURNING 1`)).length;
        return tx.query(sql, params);
      },
    });
    const meanwhile = {
      ...open.center,
      db: { ...db, transaction: <T>(work: (tx: Queries) => Promise<T>) => db.transaction((tx) => work(erasing(tx))) },
    };
    const judging = openJudging(SYSTEM, meanwhile, () => undefined);
    await withCertificates(SYSTEM, meanwhile, judging, () => undefined).all();
    expect([waited, await of(passed)]).toEqual([1, []]);
  });

  test('is certified though its title has no end', async () => {
    const passed = record({ candidate: 8 });
    const title = { zh: '考'.repeat(2_000) };
    await send({ ...passed, exam: { ...passed.exam, title } } as ExamRecord);
    const sql = `UPDATE judgements SET verdict = 'sound' WHERE sitting_id = $1`;
    await open.center.db.query(sql, [passed.sittingId]);
    await issueAll();
    expect(await of(passed)).toHaveLength(1);
  });

  test.each([
    ['staff:A-00B1', '0000'],
    ['staff:7', '0000'],
    ['passport:E12345678', '5678'],
  ])('is certified by whatever document its holder came: %s', async (number, ending) => {
    const numberIs = `UPDATE candidates SET number = $1 WHERE id = 'cd_demo-8'`;
    const [before] = await open.center.db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-8'`);
    await open.center.db.query(numberIs, [number]);
    const passed = record({ candidate: 8 });
    await send(passed);
    await open.center.db.query(`UPDATE judgements SET verdict = 'sound' WHERE sitting_id = $1`, [passed.sittingId]);
    await issueAll();
    await open.center.db.query(numberIs, [before?.number]);
    const sql = 'SELECT facts FROM certificates WHERE sitting_id = $1';
    const [{ facts } = {}] = await open.center.db.query(sql, [passed.sittingId]);
    expect(JSON.parse(String(facts))).toMatchObject({ ending });
  });

  test('is suspended while its record is disputed or void, and is not when it stands', async () => {
    const passed = record({ candidate: 3 });
    await send(passed);
    const [number = ''] = await of(passed);
    const file = (await ask('GET', `${one(number)}/certificate.json`)).body;
    const dispute = (settled: string | null) =>
      open.center.db.query(`UPDATE judgements SET verdict = 'disputed', settled = $2 WHERE sitting_id = $1`, [
        passed.sittingId,
        settled,
      ]);
    for (const [settled, standing] of [
      [null, 'suspended'],
      ['void', 'suspended'],
      ['stands', 'valid'],
    ] as const) {
      await dispute(settled);
      expect(await check(file)).toMatchObject({ standing });
      expect((await ask('GET', one(number))).json()).toMatchObject({ standing });
    }
  });

  test('that is disputed has none until somebody lets it stand', async () => {
    const passed = record({ candidate: 4 });
    const lying = { ...passed, form: { ...passed.form, bankHash: '0'.repeat(64) } } as ExamRecord;
    await send(lying);
    expect(await of(lying)).toEqual([]);
    const settled = { sittingId: lying.sittingId, decision: 'stands', by: '李主任', note: '查过了' };
    expect((await ask('POST', operatorPaths.disputes, settled)).statusCode).toBe(200);
    await issueAll();
    expect(await of(lying)).toHaveLength(1);
  });
});

describe('the operator', () => {
  test('revokes one, once, with a cause; its file is given out no more, and the list says so', async () => {
    const passed = record({ candidate: 5 });
    await send(passed);
    const [number = ''] = await of(passed);
    const file = (await ask('GET', `${one(number)}/certificate.json`)).body;
    const foreign = await ask('POST', `${one(number)}/revoke`, { cause: '冒名顶替' }, otherToken);
    expect([foreign.statusCode, foreign.json()]).toMatchObject([404, { reason: 'certificate-unknown' }]);
    expect((await ask('POST', `${one(number)}/revoke`, { cause: ' ' })).statusCode).toBe(400);
    expect((await ask('POST', `${one(number)}/revoke`, { cause: '冒名顶替' })).statusCode).toBe(200);
    expect((await ask('POST', `${one(number)}/revoke`, { cause: '再次' })).json()).toMatchObject({
      reason: 'certificate-revoked',
    });
    expect(await check(file)).toMatchObject({ ok: true, standing: 'revoked' });
    expect((await ask('GET', `${one(number)}/certificate.json`)).statusCode).toBe(409);
    expect((await ask('GET', one(number))).json()).toMatchObject({
      standing: 'revoked',
      revoked: { cause: '冒名顶替' },
    });
    const audited = await open.center.db.query(`SELECT what FROM audit_lines WHERE subject_id = $1`, [number]);
    expect(audited.map(({ what }) => what)).toEqual(['certificate-revoked']);
  });

  test('sets how long those are good that come, and is warned of those that expire', async () => {
    const term = { examId: 'ex_demo', months: 1 };
    expect((await ask('PUT', operatorPaths.certificateTerms, term)).statusCode).toBe(200);
    expect((await ask('PUT', operatorPaths.certificateTerms, { ...term, examId: 'ex_none' })).json()).toMatchObject({
      reason: 'no-exam',
    });
    const passed = record({ candidate: 6 });
    await send(passed);
    const [number = ''] = await of(passed);
    expect((await list('?within=20')).certificates).toEqual([]);
    expect((await list('?within=40')).certificates.map((it) => it.number)).toEqual([number]);
    ahead += 40 * 86_400_000;
    expect((await ask('GET', one(number))).json()).toMatchObject({ standing: 'expired' });
    ahead -= 40 * 86_400_000;
    await ask('PUT', operatorPaths.certificateTerms, { ...term, months: null });
    const forever = record({ candidate: 7 });
    await send(forever);
    expect((await list(`?q=${(await of(forever))[0]}`)).certificates).toMatchObject([{ expiresAt: null }]);
  });

  test('finds them by number, name and person, page by page, and none of another firm', async () => {
    const all = (await list()).certificates;
    expect(all.length).toBeGreaterThan(4);
    const [{ number = '', name = '' } = {}] = all;
    expect((await list(`?q=${number.toLowerCase().replaceAll('-', '')}`)).certificates).toMatchObject([{ number }]);
    const byName = (await list(`?q=${encodeURIComponent(name)}`)).certificates;
    expect(byName.length).toBeGreaterThan(0);
    expect(byName.every((it) => it.name === name)).toBe(true);
    const [known] = await open.center.db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-1'`);
    const byPerson = (await list(`?q=${known?.number}`)).certificates;
    expect(new Set(byPerson.map((it) => it.candidateId))).toEqual(new Set(['cd_demo-1']));
    const sql = 'SELECT place FROM certificates WHERE number = $1';
    const [{ place } = {}] = await open.center.db.query(sql, [all[1]?.number]);
    expect((await list(`?after=${place}`)).certificates).toEqual(all.slice(2));
    expect((await ask('GET', `${operatorPaths.certificates}?after=x`)).statusCode).toBe(400);
    expect((await list('', otherToken)).certificates).toEqual([]);
    expect((await ask('GET', one(number), undefined, otherToken)).statusCode).toBe(404);
  });
});

describe('anybody', () => {
  const page = (number: string, lang = 'zh', remoteAddress = '192.0.2.1') =>
    open.app.inject({ url: `/certificates/${number}?lang=${lang}`, remoteAddress, headers: { accept: 'text/html' } });

  test('is told whether it holds, and of the person no more than a letter', async () => {
    const valid = (await list()).certificates.find(({ standing }) => standing === 'valid');
    if (!valid) throw new Error('there is none');
    const zh = await page(valid.number);
    expect([zh.statusCode, zh.headers['content-security-policy']]).toEqual([
      200,
      expect.not.stringContaining('script'),
    ]);
    expect(zh.body).toContain('有效：');
    expect(zh.body).toContain(`${[...valid.name][0]}＊＊`);
    for (const secret of [valid.name, valid.candidateId]) expect(zh.body).not.toContain(secret);
    expect((await page(valid.number, 'en')).body).toContain('Valid: this center issued it');
    const revoked = (await list()).certificates.find(({ standing }) => standing === 'revoked');
    expect((await page(revoked?.number ?? '')).body).toContain('已撤销');
  });

  test('is told that there is none, and is made to wait who guesses', async () => {
    const [{ number = '' } = {}] = (await list()).certificates;
    expect((await page(`${number.slice(0, -1)}${number.endsWith('0') ? '1' : '0'}`)).body).toContain('查无此证');
    const { certificateNumber } = await import('../../contract/words/certificate-number.ts');
    const guesses: number[] = [];
    for (let at = 0; at < 24; at += 1)
      guesses.push((await page(certificateNumber(`AAAAAAAAAA${10 + at}`), 'zh', '192.0.2.7')).statusCode);
    expect(guesses.slice(0, 20).every((status) => status === 404)).toBe(true);
    expect(guesses.at(-1)).toBe(429);
    expect((await page(number)).statusCode).toBe(200);
  });

  test('has a status list of each kind, and none that no certificate has a place in', async () => {
    for (const text of await statusLists()) expect(JSON.parse(text).type).toContain('BitstringStatusListCredential');
    for (const name of ['revocation-2', 'refresh-1', 'revocation-0', 'x'])
      expect((await open.app.inject(`/v1/certificates/status/${name}`)).statusCode).toBe(404);
  });
});

test.each([
  ['2026-01-31T08:00:00.000Z', 1, '2026-02-28T08:00:00.000Z'],
  ['2024-02-29T08:00:00.000Z', 12, '2025-02-28T08:00:00.000Z'],
  ['2026-11-01T00:00:00.000Z', 36, '2029-11-01T00:00:00.000Z'],
])('%s and %i months more is %s', (at, months, until) => {
  expect(monthsAfter(at as Instant, months)).toBe(until);
});

test('the paper has the names as text, in fonts that hold no more than it needs', async () => {
  const [{ number = '', name = '', title } = {}] = (await list()).certificates;
  const reply = await ask('GET', `${one(number)}/certificate.pdf`);
  expect(reply.headers['content-type']).toBe('application/pdf');
  expect(reply.rawPayload.length).toBeLessThan(200_000);
  const { text, totalPages } = await extractText(new Uint8Array(reply.rawPayload), { mergePages: true });
  expect(totalPages).toBe(1);
  for (const words of [name, title?.zh, number, '示范企业']) expect(text.replace(/\s/g, '')).toContain(words);
});
