import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Appeal } from '../../contract/platform/appeals.ts';
import type { ListedResult, OneResult } from '../../contract/platform/results.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import type { Batch } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { hashOf, receiptCode, receiptOf, sha256, verifyCorrection, verifyProofFile } from '../../proof/index.ts';
import { readCertificate, withCertificates } from '../certificates/index.ts';
import { ROOT } from '../organisations/index.ts';
import { openJudging, readTallies } from '../results/index.ts';
import { demoBank } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  addPlace,
  batchOf,
  enrolStation,
  openTestCenter,
  platformOf,
  recordOf,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let ours: TestStation;
let theirs: TestStation;
let formal: Exam;
/** Our firm lies in `og_east`, the other one in `og_west`. */
let firm: OrganisationId;
let other: OrganisationId;
const people = new Map<string, ActingAccount>();
const sent = new Map<TestStation, { number: number; batch: Batch }>();

const as = (role: Role, at: OrganisationId) => accountAt(open, role, at);
const get = (actor: ActingAccount, url: string) => platform.ask(actor, { method: 'GET', url });
const list = async (actor: ActingAccount, query = ''): Promise<readonly ListedResult[]> =>
  (await get(actor, `/v1/platform/results${query}`)).json<{ rows: ListedResult[] }>().rows;

async function send(station: TestStation, ...records: ExamRecord[]): Promise<void> {
  const batch = await batchOf(station, records, sent.get(station));
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  sent.set(station, { number: (sent.get(station)?.number ?? 0) + 1, batch });
  await openJudging({ kind: 'system' }, open.center, () => {}).all();
}

let nth = 0;
const sound = (candidate: number, changes: object = {}): ExamRecord => {
  nth += 1;
  const at = new Date(Date.now() + nth * 1_000);
  return soundRecordOf(ours, {
    ...{ exam: formal, bank: demoBank(), nth, at, candidateId: `cd_demo-${candidate}`, changes },
  });
};
const lyingOf = (record: ExamRecord) => ({ ...record, form: { ...record.form, bankHash: '0'.repeat(64) } });

const organisationOf = async (tenantId: string): Promise<OrganisationId> => {
  const [row] = await open.center.db.query('SELECT id FROM organisations WHERE tenant_id = $1', [tenantId]);
  return OrganisationId.parse(row?.id);
};

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  ours = await enrolStation(open.app, open.secrets.enrolmentCode);
  theirs = await enrolStation(open.app, (await addOtherTenant(open)).code);
  formal = (await ours.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
  [firm, other] = [await organisationOf(ours.tenantId), await organisationOf(theirs.tenantId)];
  const admin = await as('platform', ROOT);
  for (const [id, place] of [
    [firm, 'og_east'],
    [other, 'og_west'],
  ] as const) {
    const parentId = await addPlace(open.center.db, place, 'county');
    const payload = { parentId };
    const moved = await platform.ask(admin, { method: 'POST', url: `/v1/platform/organisations/${id}/move`, payload });
    expect(moved.statusCode).toBe(200);
  }
  const incidents = [{ id: 'in_a', reason: 'no-face', at: sound(2).startedAt, paused: true }];
  await send(ours, sound(1), sound(2, { incidents }), lyingOf(sound(3)) as ExamRecord);
  await send(theirs, recordOf(theirs, { candidateId: 'cd_x' }), recordOf(theirs, { candidateId: 'cd_y' }));
  for (const role of ROLES) people.set(role, await as(role, role === 'platform' ? ROOT : firm));
  for (const role of ['bureau', 'inspector'] as const)
    people.set(`${role} east`, await as(role, OrganisationId.parse('og_east')));
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});
const who = (name: string) => people.get(name) as ActingAccount;

describe('the list of results', () => {
  test('shows a firm its own, and whoever supervises what lies below, in one order', async () => {
    expect(await list(who('firm'))).toHaveLength(3);
    expect(await list(who('bureau east'))).toHaveLength(3);
    const all = await list(await as('inspector', ROOT));
    expect(all).toHaveLength(5);
    expect(new Set(all.map(({ organisationId }) => organisationId))).toEqual(new Set([firm, other]));
    const times = all.map(({ submittedAt }) => submittedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(all.map(({ number }) => number).join()).not.toMatch(/\d{6}/);
  });

  test('is turned page by page, and shows each once', async () => {
    const inspector = await as('inspector', ROOT);
    const seen: number[] = [];
    let after = '';
    do {
      const reply = await get(inspector, `/v1/platform/results?size=2${after && `&after=${after}`}`);
      const page = reply.json<{ rows: ListedResult[]; next: string | null }>();
      seen.push(...page.rows.map(({ logIndex }) => logIndex));
      after = page.next ?? '';
    } while (after);
    expect(seen).toEqual((await list(inspector)).map(({ logIndex }) => logIndex));
  });

  test('is the same where there are very many firms', async () => {
    const inspector = await as('inspector', ROOT);
    const before = await list(inspector, '?size=3');
    const many = 'generate_series(1, 100) AS n';
    await open.center.db.query(`INSERT INTO tenants (tenant_id, name) SELECT 'tn_many-' || n, '众 ' || n FROM ${many}`);
    await open.center.db.query(
      `INSERT INTO organisations (id, kind, parent_id, path, name, state, tenant_id, created_at)
       SELECT 'og_many-' || n, 'firm', 'og_platform', 'og_platform/og_many-' || n || '/', '众 ' || n, 'approved',
         'tn_many-' || n, now() FROM ${many}`,
    );
    expect(await list(inspector, '?size=3')).toEqual(before);
    expect(await list(inspector, '?firm=%E4%BC%97')).toEqual([]);
  });

  test('is found by person, firm, place, exam, station, time, incident and dispute', async () => {
    const inspector = await as('inspector', ROOT);
    const known = (await open.center.db.query(`SELECT name, number FROM candidates WHERE id = 'cd_demo-1'`))[0];
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const counts: Readonly<Record<string, number>> = {
      [`?person=${encodeURIComponent(String(known?.name))}`]: 1,
      [`?person=${String(known?.number).slice(0, 10)}&incident=no-face`]: 0,
      '?person=nobody': 0,
      '?below=og_west': 2,
      [`?below=${firm}`]: 3,
      '?firm=%E5%88%AB%E5%AE%B6': 2,
      '?examId=ex_demo': 5,
      '?examId=ex_none': 0,
      [`?stationId=${theirs.stationId}`]: 2,
      '?incident=no-face': 1,
      '?doubt=open&below=og_east': 1,
      '?mode=mock': 0,
      [`?from=${today}`]: 5,
      '?until=2020-01-01': 0,
    };
    for (const [query, many] of Object.entries(counts)) expect(await list(inspector, query), query).toHaveLength(many);
    expect(await list(who('bureau east'), '?below=og_west')).toEqual([]);
  });
});

describe('one result', () => {
  const url = async (candidate: string, more = '') => {
    const found = (await list(await as('inspector', ROOT))).find(({ candidateId }) => candidateId === candidate);
    return `/v1/platform/results/${found?.logIndex}${more}`;
  };

  test.each(ROLES)('is shown to the role %s where it may see results', async (role) => {
    const may = ['firm', 'agency', 'bureau', 'inspector'].includes(role);
    for (const more of ['', '/proof'])
      expect((await get(who(role), await url('cd_demo-1', more))).statusCode).toBe(may ? 200 : 401);
  });

  test('does not exist for whoever it is beyond the reach of', async () => {
    for (const more of ['', '/proof']) {
      const reply = await get(who('firm'), await url('cd_x', more));
      expect([reply.statusCode, reply.json().reason]).toEqual([404, 'result-unknown']);
    }
  });

  test('has all that was decided and found, and leaves a line of who looked', async () => {
    const one = (await get(who('bureau east'), await url('cd_demo-3'))).json<OneResult>();
    expect(one).toMatchObject({ verdict: 'disputed', settled: null, maySettle: true, answers: null });
    expect(one.findings.map(({ code }) => code)).toContain('paper-unknown');
    expect(one.fields.reduce((sum, { items }) => sum + items, 0)).toBeGreaterThan(0);
    expect(one.fields.reduce((sum, { marks }) => sum + marks, 0)).toBeCloseTo(one.marks);
    const lines = await open.center.db.query(
      `SELECT actor_id FROM audit_lines WHERE what = 'looked' AND subject_id = $1`,
      [one.sittingId],
    );
    expect(lines).toEqual([{ actor_id: 'ap_bureau' }]);
  });

  test('shows answers against keys to an inspector, and to its firm where the exam reveals them', async () => {
    const keys = async (role: Role) => (await get(who(role), await url('cd_demo-1'))).json<OneResult>().answers;
    expect((await keys('inspector'))?.every(({ key, stem }) => key.length > 0 && stem !== null)).toBe(true);
    expect(await keys('firm')).toBeNull();
    const exam = { ...formal, revealsKeys: true };
    await open.center.db.query(`UPDATE exams SET body = $1 WHERE id = 'ex_demo'`, [JSON.stringify(exam)]);
    expect(await keys('firm')).not.toBeNull();
  });

  test('is proven by the file of its batch', async () => {
    const reply = await get(who('firm'), await url('cd_demo-1', '/proof'));
    expect(reply.headers['content-disposition']).toContain('.proof.json');
    expect(await verifyProofFile(reply.rawPayload, open.secrets.centerKey)).toMatchObject({ ok: true });
  });

  test('is decided on by whoever supervises, with a reason, and by no firm', async () => {
    const payload = { decision: 'stands', note: '题库版本已核对' };
    const at = { method: 'POST', url: await url('cd_demo-3', '/decision') };
    for (const role of ROLES.filter((one) => one !== 'bureau' && one !== 'inspector'))
      expect((await platform.ask(who(role), { ...at, payload })).statusCode, role).toBe(401);
    expect((await platform.ask(who('inspector east'), { ...at, payload: { ...payload, note: ' ' } })).statusCode).toBe(
      400,
    );
    expect((await platform.ask(who('inspector east'), { ...at, payload })).statusCode).toBe(200);
    const one = (await get(who('firm'), await url('cd_demo-3'))).json<OneResult>();
    expect(one).toMatchObject({
      settled: 'stands',
      settlements: [{ by: 'inspector', note: payload.note }],
      maySettle: false,
    });
    expect(await list(who('bureau east'), '?doubt=open')).toEqual([]);
    // Nobody waits for the next round to have their certificate.
    const issued = "SELECT 1 FROM certificates WHERE candidate_id = 'cd_demo-3'";
    expect(await open.center.db.query(issued)).toHaveLength(1);
    const sure = { method: 'POST', url: await url('cd_demo-1', '/decision'), payload };
    expect((await platform.ask(who('inspector east'), sure)).json()).toMatchObject({ reason: 'not-allowed-now' });
  });
});

describe('a correction', () => {
  const at = async (candidate: string, more = '') => {
    const found = (await list(await as('inspector', ROOT))).find(({ candidateId }) => candidateId === candidate);
    return { found, url: `/v1/platform/results/${found?.logIndex}${more}` };
  };
  const correct = async (actor: ActingAccount, marks: number) => {
    const { url } = await at('cd_demo-2', '/corrections');
    return platform.ask(actor, { method: 'POST', url, payload: { marks, cause: 'marking', note: '第三题评分有误' } });
  };
  const passes = async () => {
    const tallies = await readTallies({ kind: 'system' }, open.center.db, [ours.tenantId]);
    return tallies.reduce((sum, one) => sum + one.passes, 0);
  };
  const standing = async () => {
    const sql = `SELECT c.number FROM certificates c JOIN records r ON r.sitting_id = c.sitting_id WHERE r.candidate_id = 'cd_demo-2'`;
    const [row] = await open.center.db.query(sql);
    if (!row) return undefined;
    const reader = { kind: 'system' } as const;
    return (await readCertificate(reader, open.center, ours.tenantId, String(row.number) as never)).standing;
  };
  const issue = () =>
    withCertificates(
      { kind: 'system' },
      open.center,
      openJudging({ kind: 'system' }, open.center, () => {}),
      (error) => {
        throw error;
      },
    ).all();

  test('is made by an inspector alone, and by no more marks than there are', async () => {
    for (const role of ROLES.filter((one) => one !== 'inspector'))
      expect((await correct(who(role), 90)).statusCode, role).toBe(401);
    expect((await correct(who('inspector east'), 101)).json()).toMatchObject({ reason: 'bad-message' });
    expect((await correct(await as('inspector', other), 90)).json()).toMatchObject({ reason: 'result-unknown' });
  });

  test('is a fact that the center signed and logged; the record stays as it was', async () => {
    await issue();
    const before = {
      passes: await passes(),
      text: (await get(who('firm'), (await at('cd_demo-2', '/proof')).url)).body,
    };
    expect(await standing()).toBe('valid');
    expect((await correct(who('inspector east'), 10)).statusCode).toBe(200);
    const one = (await get(who('firm'), (await at('cd_demo-2')).url)).json<OneResult>();
    expect(one).toMatchObject({
      passed: false,
      corrected: 10,
      marks: 100,
      corrections: [{ by: 'inspector', marks: 10 }],
    });
    const [correction] = one.corrections;
    const said = verifyCorrection(correction?.jws ?? '', one.recordHash, open.center.keys);
    expect(said).toMatchObject({ number: 1, marks: 10, passed: false, cause: 'marking' });
    expect(verifyCorrection(correction?.jws ?? '', sha256('another'), open.center.keys)).toBeUndefined();
    const { entries } = (await open.app.inject('/v1/log/entries?from=0')).json<{
      entries: { index: number; text: string }[];
    }>();
    const entry = entries.find(({ index }) => index === correction?.entryIndex);
    expect(JSON.parse(entry?.text ?? '')).toMatchObject({ kind: 'correction', hash: sha256(correction?.jws ?? '') });
    const proof = await get(who('firm'), (await at('cd_demo-2', '/proof')).url);
    expect(JSON.parse(proof.body).batch).toEqual(JSON.parse(before.text).batch);
    expect([await passes(), await standing()]).toEqual([before.passes - 1, 'suspended']);
  });

  test('that says otherwise again counts, and its certificate with it', async () => {
    const before = await passes();
    expect((await correct(who('inspector east'), 85)).statusCode).toBe(200);
    await issue();
    expect([await passes(), await standing()]).toEqual([before + 1, 'valid']);
    expect((await at('cd_demo-2')).found).toMatchObject({ passed: true, corrected: 85, marks: 100 });
  });
});

describe('an appeal', () => {
  const appeals = async (actor: ActingAccount, query = '') =>
    (await get(actor, `/v1/platform/appeals${query}`)).json<{ rows: Appeal[] }>().rows;
  const indexOf = async (candidate: string) =>
    (await list(await as('inspector', ROOT))).find(({ candidateId }) => candidateId === candidate)?.logIndex;
  const make = async (actor: ActingAccount, candidate: string) =>
    platform.ask(actor, {
      ...{ method: 'POST', url: `/v1/platform/results/${await indexOf(candidate)}/appeals` },
      payload: { reason: '考站停电，时间没有补' },
    });
  const decide = (actor: ActingAccount, id: string, payload: object) =>
    platform.ask(actor, { method: 'POST', url: `/v1/platform/appeals/${id}/decision`, payload });

  test('is made by the firm of the result, once at a time, and by nobody else', async () => {
    for (const role of ROLES.filter((one) => one !== 'firm' && one !== 'agency'))
      expect((await make(who(role), 'cd_demo-1')).statusCode, role).toBe(401);
    expect((await make(who('firm'), 'cd_x')).json()).toMatchObject({ reason: 'result-unknown' });
    expect((await make(who('firm'), 'cd_demo-1')).statusCode).toBe(200);
    expect((await make(who('firm'), 'cd_demo-1')).json()).toMatchObject({ reason: 'appeal-open' });
    expect(await appeals(who('firm'))).toMatchObject([{ state: 'open', madeBy: 'firm', decided: null }]);
    expect(await appeals(await as('firm', other))).toEqual([]);
    expect((await get(who('auditor'), '/v1/platform/appeals')).statusCode).toBe(401);
  });

  test('is decided on by an inspector, once; upheld, the result is corrected', async () => {
    const [{ id = '' } = {}] = await appeals(who('inspector east'), '?state=open');
    const upheld = { state: 'upheld', note: '核对监控属实', marks: 95 };
    for (const role of ROLES.filter((one) => one !== 'inspector'))
      expect((await decide(who(role), id, upheld)).statusCode, role).toBe(401);
    expect((await decide(who('inspector east'), id, { ...upheld, marks: 500 })).statusCode).toBe(400);
    expect(await appeals(who('firm'), '?state=open')).toHaveLength(1);
    expect((await decide(who('inspector east'), id, upheld)).statusCode).toBe(200);
    expect((await decide(who('inspector east'), id, upheld)).json()).toMatchObject({ reason: 'appeal-settled' });
    const one = await get(who('firm'), `/v1/platform/results/${await indexOf('cd_demo-1')}`);
    expect(one.json()).toMatchObject({ corrected: 95, corrections: [{ cause: 'appeal', note: upheld.note }] });
    expect((await make(who('firm'), 'cd_demo-1')).statusCode).toBe(200);
    const [again] = await appeals(who('firm'), '?state=open');
    expect(
      (await decide(who('inspector east'), again?.id ?? '', { state: 'rejected', note: '没有新的事实' })).statusCode,
    ).toBe(200);
    expect((await appeals(who('firm'))).map(({ state }) => state)).toEqual(['rejected', 'upheld']);
  });

  test('is made by whoever has the receipt of the station, and by no other code', async () => {
    const ask = (receipt: string) =>
      platform.ask(
        { kind: 'stranger' },
        {
          ...{ method: 'POST', url: '/v1/platform/appeals/by-receipt' },
          payload: { receipt, reason: '我认为评分有误' },
        },
      );
    const record = sound(4);
    await send(ours, record);
    const code = receiptCode(receiptOf(record, hashOf(record)), ours.signer, 'https://center.example');
    expect((await ask(code)).statusCode).toBe(200);
    expect((await ask(code)).json()).toMatchObject({ reason: 'appeal-open' });
    expect((await ask(`${code.slice(0, -4)}AAAA`)).json()).toMatchObject({ reason: 'result-unknown' });
    expect(await appeals(who('inspector east'), '?state=open')).toMatchObject([{ madeBy: null }]);
  });
});
