import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import type { ToldImport, ToldReport, ToldResult } from '../../contract/platform/told-results.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { batchId, sha256 } from '../../proof/index.ts';
import { ROOT } from '../organisations/index.ts';
import { proofFileOf } from '../results/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  platformOf,
  recordOf,
  type TestCenter,
} from '../testing/index.ts';

const AT = '/v1/platform/told-results';
const HEAD = '成绩编号,姓名,身份证号,企业,考试名称,平台考试编号,类型,得分,满分,是否合格,交卷时间';
const STRANGER_NUMBER = '11010519491231002X';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let admin: ActingAccount;
let [county, street, vendor, agency, firm, other]: OrganisationId[] = [];
let number: string;
const actors = {} as Record<Role | 'other-firm' | 'other-bureau', ActingAccount>;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const table = (...rows: readonly string[]) => base64([HEAD, ...rows].join('\n'));
/** Of somebody on the roster of the firm. */
const row = (
  id: string,
  marks = 86,
  more: { readonly name?: string; readonly of?: string; readonly firm?: string } = {},
) =>
  `${id},${more.name ?? '张示范'},${more.of ?? number},${more.firm ?? ''},外部安全考试,,,${marks},100,${marks >= 80 ? '合格' : '不合格'},2026-11-01 09:30`;

const bring = async (actor: ActingAccount, file: string, more: object = {}) =>
  platform.ask(actor, {
    ...{ method: 'POST', url: `${AT}/imports` },
    payload: { organisationId: firm, vendorId: vendor, source: 'csv', name: 'a.csv', file, dryRun: false, ...more },
  });
const report = async (...[actor, file, more]: Parameters<typeof bring>) =>
  (await bring(actor, file, more)).json<ToldReport>();
const list = async (actor: ActingAccount, query = '') =>
  (await platform.ask(actor, { method: 'GET', url: `${AT}?${query}` })).json<{
    rows: ToldResult[];
    next: string | null;
  }>();
const withdraw = (actor: ActingAccount, id: string | null) =>
  platform.ask(actor, { method: 'POST', url: `${AT}/imports/${id}/withdrawal`, payload: { note: '文件发错了' } });
const counted = async (sql: string) =>
  Number((await open.center.db.query(`SELECT count(*)::int AS n FROM ${sql}`))[0]?.n);

let count = 0;
const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
async function add(kind: OrganisationKind, parentId: OrganisationId): Promise<OrganisationId> {
  count += 1;
  const payload = { ...nothing, kind, parentId, name: `${kind} ${count}` };
  const reply = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload });
  return OrganisationId.parse(reply.json<{ id: string }>().id);
}
async function placed(tenantId: string): Promise<OrganisationId> {
  const [found] = await open.center.db.query('SELECT id FROM organisations WHERE tenant_id = $1', [tenantId]);
  const id = OrganisationId.parse(found?.id);
  const moved = { method: 'POST', url: `/v1/platform/organisations/${id}/move`, payload: { parentId: street } };
  expect((await platform.ask(admin, moved)).statusCode).toBe(200);
  return id;
}

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  admin = await accountAt(open, 'platform', ROOT);
  county = await add('county', ROOT);
  street = await add('street', county);
  vendor = await add('vendor', ROOT);
  agency = await add('agency', street);
  await addOtherTenant(open);
  [firm, other] = [await placed('tn_demo'), await placed('tn_other')];
  const room = await add('room', street);
  for (const role of ['platform', 'inspector', 'auditor'] as const) actors[role] = await accountAt(open, role, ROOT);
  for (const role of ['firm', 'proctor'] as const) actors[role] = await accountAt(open, role, firm);
  actors.bureau = await accountAt(open, 'bureau', county);
  actors.agency = await accountAt(open, 'agency', agency);
  actors.room = await accountAt(open, 'room', room);
  actors['other-firm'] = await accountAt(open, 'firm', other);
  actors['other-bureau'] = await accountAt(open, 'bureau', await add('county', ROOT));
  const [known] = await open.center.db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-1'`);
  number = String(known?.number);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

describe('a table', () => {
  test('is looked at first, and nothing is done', async () => {
    const seen = await report(actors.firm, table(row('D-1'), row('D-2', 120)), { dryRun: true });
    expect(seen).toMatchObject({ importId: null, applied: false, counts: { added: 1, there: 0, refused: 1 } });
    expect(seen.rows[1]).toMatchObject({ outcome: 'refused', problem: 'marks-over' });
    expect(await counted('told_imports')).toBe(0);
  });

  test('is taken over, beside the records and never among them, and not in the log', async () => {
    const before = [await counted('records'), await counted('log_entries')];
    const done = await report(actors.firm, table(row('A-1'), row('A-2', 40, { name: '赵六', of: STRANGER_NUMBER })));
    expect(done).toMatchObject({ applied: true, counts: { added: 2 }, provenBy: null });
    expect([await counted('records'), await counted('log_entries')]).toEqual(before);
    const { rows } = await list(actors.firm);
    expect(rows.find(({ ownId }) => ownId === 'A-1')).toMatchObject({
      ...{ candidateId: 'cd_demo-1', name: '张示范', proven: null, marks: 86, passed: true, source: 'csv' },
      ...{ submittedAt: '2026-11-01T01:30:00.000Z', broughtBy: 'firm', withdrawnAt: null },
    });
    expect(rows.find(({ ownId }) => ownId === 'A-2')).toMatchObject({ candidateId: null, name: '赵六', passed: false });
    const shown = await list(actors.inspector, `person=${STRANGER_NUMBER}`);
    expect(shown.rows.map(({ ownId }) => ownId)).toEqual(['A-2']);
    expect(JSON.stringify([rows, shown])).not.toContain(STRANGER_NUMBER);
    expect(await counted(`told_results r WHERE r::text LIKE '%${STRANGER_NUMBER}%'`)).toBe(0);
    expect(await counted(`audit_lines WHERE what = 'results-told' AND tenant_id = 'tn_demo'`)).toBe(1);
  });

  test('sent again changes nothing, and other content under the same id is a rival', async () => {
    const before = await counted('told_results');
    const again = await report(actors.firm, table(row('A-1'), row('A-1', 60), row('A-1')));
    expect(again).toMatchObject({ importId: null, counts: { added: 0, there: 2, refused: 1 } });
    expect(again.rows[1]).toMatchObject({ outcome: 'refused', problem: 'rival' });
    const twice = await report(actors.firm, table(row('B-1'), row('B-1', 60), row('B-1')), { dryRun: true });
    expect(twice.rows.map(({ outcome }) => outcome)).toEqual(['added', 'refused', 'there']);
    expect(await counted('told_results')).toBe(before);
  });

  test('two that bring it at once bring it once', async () => {
    const reports = await Promise.all([1, 2, 3].map(() => report(actors.firm, table(row('C-1'), row('C-2')))));
    expect(reports.map(({ counts }) => counts.added).sort()).toEqual([0, 0, 2]);
  });

  test('is refused row by row where it does not fit what is here', async () => {
    const other_ = '别家企业';
    const { rows } = await report(
      actors.firm,
      table(
        row('E-1', 86, { name: '王五' }),
        row('E-2', 86, { firm: other_ }),
        row('E-3').replace(',,,86', ',ex_none,,86'),
        row('E-4').replace('2026-11', '2999-11'),
      ),
      { dryRun: true },
    );
    expect(rows.map(({ problem }) => problem)).toEqual(['name-other', 'firm-unknown', 'exam-unknown', 'time-to-come']);
    const fine = await report(actors.firm, table(row('E-3').replace(',,,86', ',ex_demo,,86')), { dryRun: true });
    expect(fine.counts.added).toBe(1);
  });

  test('of a bureau names its firms, each within its reach', async () => {
    const [named] = await open.center.db.query(`SELECT name FROM organisations WHERE id = $1`, [firm]);
    const file = table(
      row('F-1', 90, { firm: String(named?.name) }),
      row('F-2', 90, { firm: '别家企业', name: '钱七' }),
      row('F-3'),
    );
    const done = await report(actors.bureau, file, { organisationId: county });
    expect(done.rows.map(({ outcome, problem }) => problem ?? outcome)).toEqual(['added', 'added', 'firm-missing']);
    const lines = await open.center.db.query(
      `SELECT tenant_id AS id FROM audit_lines WHERE what = 'results-told' AND subject_id = $1 ORDER BY 1 NULLS LAST`,
      [done.importId],
    );
    expect(lines.map(({ id }) => id)).toEqual(['tn_demo', 'tn_other', null]);
    const away = await report(actors['other-bureau'], file, {
      organisationId: actors['other-bureau'].roles[0]?.organisationId,
    });
    expect(away.rows.map(({ problem }) => problem)).toEqual(['firm-unknown', 'firm-unknown', 'firm-missing']);
    // The vendor's own id is unique for a firm: told of one, it is free at the other.
    const alike = table(
      row('F-9', 90, { firm: String(named?.name) }),
      row('F-9', 70, { firm: '别家企业', name: '赵六', of: STRANGER_NUMBER }),
    );
    const both = await report(actors.bureau, alike, { organisationId: county });
    expect(both.rows.map(({ outcome }) => outcome)).toEqual(['added', 'added']);
    const again = await report(actors.bureau, alike, { organisationId: county });
    expect(again.rows.map(({ outcome }) => outcome)).toEqual(['there', 'there']);
    expect((await withdraw(actors.bureau, both.importId)).statusCode).toBe(200);
    // Of the two that F-1 and F-2 are of, each firm sees its own.
    expect((await list(actors['other-firm'])).rows.map(({ ownId }) => ownId)).toEqual(['F-2']);
  });

  test.each([
    ['organisation-unknown', () => ({ vendorId: firm })],
    ['organisation-unknown', () => ({ organisationId: other })],
    ['not-a-workbook', () => ({ file: base64('x') })],
    ['bad-message', () => ({ source: 'xapi', file: base64('x') })],
    ['bad-message', () => ({ file: '*' })],
    ['bad-message', () => ({ more: true })],
    ['bad-message', () => ({ name: 'a\u0000.csv' })],
    ['format-unknown', () => ({ source: 'batch', file: base64('[1]') })],
  ])('is refused whole: %s', async (reason, more) => {
    expect((await bring(actors.firm, table(row('G-1')), more())).json()).toMatchObject({ reason });
  });
});

test('statements are told apart from a table by their source', async () => {
  const statement = {
    ...{ id: '0f1a2b3c-0000-4000-8000-000000000001', timestamp: '2026-11-01T09:30:00+08:00' },
    actor: { name: '张示范', account: { homePage: 'https://v.example', name: number } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/failed' },
    object: { id: 'https://v.example/1', definition: { name: { 'zh-CN': '外部课程' } } },
    result: { score: { raw: 10, max: 50 } },
  };
  const file = base64(JSON.stringify([statement, { ...statement, verb: { id: 'x' } }]));
  const done = await report(actors.firm, file, { source: 'xapi' });
  expect(done.rows).toMatchObject([{ outcome: 'added' }, { outcome: 'refused', problem: 'verb-unknown' }]);
  const { rows } = await list(actors.firm, `exam=${encodeURIComponent('外部课程')}`);
  expect(rows).toMatchObject([{ source: 'xapi', proven: null, passed: false, fullMarks: 50 }]);
  const misplaced = await bring(actors.bureau, file, { source: 'xapi', organisationId: county });
  expect(misplaced.json()).toMatchObject({ reason: 'organisation-misplaced' });
});

describe('a proof file of another center', () => {
  let theirs: TestCenter;
  let file: string;
  let key: string;
  const known = (actor: ActingAccount, payload: object) =>
    platform.ask(actor, { method: 'POST', url: `${AT}/centers`, payload });

  beforeAll(async () => {
    theirs = await openTestCenter();
    const station = await enrolStation(theirs.app, theirs.secrets.enrolmentCode);
    const batch = await batchOf(station, [
      recordOf(station, { sittingId: 'si_known', candidateId: `cd_${sha256(number).slice(0, 16)}` }),
      // Whoever has the same id here is somebody else.
      recordOf(station, { sittingId: 'si_chance', candidateId: 'cd_demo-1' }),
    ]);
    expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
    const tenantId = TenantId.parse(station.tenantId);
    const proof = await proofFileOf({ kind: 'operator', tenantId }, theirs.center, tenantId, batchId(batch));
    file = base64(proof?.text ?? '');
    key = theirs.center.keys.root;
  });
  afterAll(() => theirs.close());

  test('is refused as long as nobody has named its center, and not taken as unproven', async () => {
    const reply = await bring(actors.firm, file, { source: 'batch' });
    expect([reply.statusCode, reply.json()]).toEqual([422, expect.objectContaining({ reason: 'center-key-unknown' })]);
  });

  test('is proven once the platform has named it, of that vendor alone', async () => {
    for (const role of ['bureau', 'inspector', 'firm'] as const)
      expect((await known(actors[role], { vendorId: vendor, key })).statusCode, role).toBe(401);
    expect((await known(admin, { vendorId: vendor, key: open.center.keys.root })).json()).toMatchObject({
      reason: 'center-key-ours',
    });
    expect((await known(admin, { vendorId: vendor, key: 'A'.repeat(43) })).json()).toMatchObject({
      reason: 'key-weak',
    });
    expect((await known(admin, { vendorId: firm, key })).json()).toMatchObject({ reason: 'organisation-misplaced' });
    expect((await known(admin, { vendorId: vendor, key })).statusCode).toBe(200);
    expect((await known(admin, { vendorId: vendor, key })).json()).toMatchObject({ reason: 'center-key-taken' });
    const away = await bring(actors.agency, file, { source: 'batch', vendorId: agency, organisationId: agency });
    expect(away.json()).toMatchObject({ reason: 'center-key-unknown' });
    const done = await report(actors.firm, file, { source: 'batch' });
    expect(done).toMatchObject({ counts: { added: 2, refused: 0 }, provenBy: expect.stringContaining('vendor') });
    const { rows } = await list(actors.firm, 'proof=proven');
    expect(rows.map(({ ownId, candidateId, name, proven }) => [ownId, candidateId, name, proven?.key]).sort()).toEqual([
      ['si_chance', null, null, key],
      ['si_known', 'cd_demo-1', '张示范', key],
    ]);
    expect((await list(actors.firm, 'proof=unproven')).rows.every(({ proven }) => proven === null)).toBe(true);
    expect(await report(actors.firm, file, { source: 'batch' })).toMatchObject({ counts: { there: 2 } });
  });

  test('with a word changed, or under a key that has ended, is refused', async () => {
    const text = Buffer.from(file, 'base64').toString();
    const changed = base64(text.replace('"marks":86', '"marks":96'));
    expect((await bring(actors.firm, changed, { source: 'batch' })).json<{ reason: string }>().reason).toMatch(
      /root-mismatch|not-canonical/,
    );
    const unlogged = JSON.parse(text);
    const signedOnly = {
      format: 'exam-station/proof@1',
      centerKey: key,
      certificate: unlogged.certificate,
      batch: unlogged.batch,
      receipt: null,
    };
    const reply = await bring(actors.firm, base64(`${JSON.stringify(signedOnly)}\n`), { source: 'batch' });
    expect(reply.json<{ reason: string }>().reason).toMatch(/receipt-invalid|not-canonical/);
    const ended = await platform.ask(admin, { method: 'DELETE', url: `${AT}/centers/${key}` });
    expect(ended.statusCode).toBe(200);
    expect((await bring(actors.firm, file, { source: 'batch' })).json()).toMatchObject({
      reason: 'center-key-unknown',
    });
    const { centers } = (await platform.ask(actors.inspector, { method: 'GET', url: `${AT}/centers` })).json();
    expect(centers).toMatchObject([{ key, endedAt: expect.any(String) }]);
  });
});

describe('an import', () => {
  const imports = async (actor: ActingAccount) =>
    (await platform.ask(actor, { method: 'GET', url: `${AT}/imports` })).json<{ rows: ToldImport[] }>().rows;

  test('is taken back whole, kept, and may come again', async () => {
    const file = table(row('H-1'), row('H-2', 86, { name: '赵六', of: STRANGER_NUMBER }));
    const { importId } = await report(actors.bureau, file);
    expect((await withdraw(actors['other-firm'], importId)).json()).toMatchObject({ reason: 'told-import-unknown' });
    const note = '\u0000\u0000\u0000';
    const blank = await platform.ask(actors.bureau, {
      method: 'POST',
      url: `${AT}/imports/${importId}/withdrawal`,
      payload: { note },
    });
    expect(blank.json()).toMatchObject({ reason: 'bad-message' });
    expect((await withdraw(actors.bureau, importId)).statusCode).toBe(200);
    expect((await withdraw(actors.bureau, importId)).json()).toMatchObject({ reason: 'told-import-withdrawn' });
    const ids = async (query: string) => (await list(actors.firm, query)).rows.map(({ ownId }) => ownId).sort();
    expect(await ids(`importId=${importId}`)).toEqual([]);
    expect(await ids(`importId=${importId}&withdrawn=yes`)).toEqual(['H-1', 'H-2']);
    // Of whoever is on no roster nothing else would ever take out who they are.
    const kept = `told_results WHERE import_id = '${importId}' AND`;
    expect(await counted(`${kept} own_id = 'H-1' AND name IS NOT NULL`)).toBe(1);
    expect(await counted(`${kept} own_id = 'H-2' AND coalesce(name, number_hash, ending) IS NULL`)).toBe(1);
    expect((await imports(actors.firm)).find(({ id }) => id === importId)).toMatchObject({
      ...{ rows: 2, mayWithdraw: false, withdrawn: { by: 'bureau', note: '文件发错了' } },
    });
    const line = `audit_lines WHERE what = 'told-results-withdrawn' AND tenant_id = 'tn_demo'`;
    expect(await counted(`${line} AND subject_id = '${importId}'`)).toBe(1);
    expect(await report(actors.bureau, file)).toMatchObject({ counts: { added: 2 } });
  });

  test('is shown at the place it was brought for, and above', async () => {
    expect((await imports(actors['other-firm'])).length).toBe(0);
    expect((await imports(actors.bureau)).length).toBeGreaterThan((await imports(actors.firm)).length);
    expect((await imports(actors['other-bureau'])).length).toBe(0);
  });
});

test('a list turns page after page, shows each once, and each look is written down', async () => {
  const looks = () => counted(`audit_lines WHERE what = 'looked' AND subject_id = 'told-results'`);
  const before = await looks();
  const all = (await list(actors.inspector, 'withdrawn=all&size=500')).rows.map(({ id }) => id);
  const turned: string[] = [];
  for (let after = ''; ; ) {
    const { rows, next } = await list(actors.inspector, `withdrawn=all&size=3${after}`);
    turned.push(...rows.map(({ id }) => id));
    if (!next) break;
    after = `&after=${next}`;
  }
  expect(turned).toEqual(all);
  expect(new Set(all).size).toBe(all.length);
  expect(await looks()).toBe(before + 1 + Math.ceil(all.length / 3));
});

test.each(['from=0000-01-01', 'until=1969-12-31', 'from=2026-02-30', 'until=10000-01-01'])(
  'a list of days that nobody means is refused: %s',
  async (query) => {
    for (const url of [AT, '/v1/platform/results'])
      expect((await platform.ask(actors.firm, { method: 'GET', url: `${url}?${query}` })).json()).toMatchObject({
        reason: 'bad-message',
      });
    const far = await platform.ask(actors.firm, { method: 'GET', url: `${AT}?from=1970-01-01&until=9999-12-31` });
    expect(far.statusCode).toBe(200);
  },
);

test('one person is shown what was told of them, at the firms within reach', async () => {
  const url = `${AT}/people/${firm}/cd_demo-1`;
  const told = (await platform.ask(actors.inspector, { method: 'GET', url })).json<{ results: ToldResult[] }>().results;
  expect(told.length).toBeGreaterThan(3);
  // At the other firm somebody of another name was told of under this number: shown as it was told.
  const elsewhere = told.filter(({ candidateId }) => candidateId === null);
  expect(elsewhere.map(({ ownId, name }) => [ownId, name])).toEqual([['F-2', '钱七']]);
  const here = told.filter(({ candidateId }) => candidateId !== null);
  expect(here.every(({ name, withdrawnAt }) => name === '张示范' && withdrawnAt === null)).toBe(true);
  const own = (await platform.ask(actors.firm, { method: 'GET', url })).json<{ results: ToldResult[] }>().results;
  expect(own.map(({ ownId }) => ownId).sort()).toEqual(here.map(({ ownId }) => ownId).sort());
  expect((await platform.ask(actors['other-firm'], { method: 'GET', url })).json()).toMatchObject({
    reason: 'person-unknown',
  });
});

test('a result of somebody on a roster is theirs alone, whatever their number was when it was told', async () => {
  const { db } = open.center;
  const theirs = { name: '孙八', of: '110105199003070017' };
  const done = await report(actors.firm, table(row('N-1', 86, theirs)));
  expect(done.rows.map(({ problem }) => problem)).toEqual([undefined]);
  // Told under a number that was somebody else's by mistake, and is that other one's now.
  await db.query(
    `UPDATE told_results SET candidate_id = 'cd_demo-2', name = 'x', number_hash = (SELECT number_hash FROM told_results
       WHERE own_id = 'A-1') WHERE own_id = 'N-1'`,
  );
  const found = async (query: string) => (await list(actors.firm, query)).rows.map(({ ownId }) => ownId);
  expect(await found(`person=${number}`)).toContain('A-1');
  expect(await found(`person=${number}`)).not.toContain('N-1');
  const [second] = await db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-2'`);
  expect(await found(`person=${second?.number}`)).toEqual(['N-1']);
  const of = async (id: string) =>
    (await platform.ask(actors.firm, { method: 'GET', url: `${AT}/people/${firm}/${id}` }))
      .json<{ results: ToldResult[] }>()
      .results.map(({ ownId }) => ownId);
  expect(await of('cd_demo-1')).not.toContain('N-1');
  expect(await of('cd_demo-2')).toEqual(['N-1']);
  await db.query(`UPDATE told_results SET withdrawn_at = now() WHERE own_id = 'N-1'`);
});

test('is for those roles that it says, and for nobody beyond their reach', async () => {
  const sees: readonly Role[] = ['firm', 'agency', 'bureau', 'inspector'];
  for (const role of ROLES) {
    const status = async (url: string) => (await platform.ask(actors[role], { method: 'GET', url })).statusCode;
    const [listed, imports] = [await status(AT), await status(`${AT}/imports`)];
    expect([listed, imports], role).toEqual(sees.includes(role) ? [200, 200] : [401, 401]);
    const tells = ['firm', 'agency', 'bureau'].includes(role);
    expect((await withdraw(actors[role], 'ti_none')).statusCode === 401, role).toBe(!tells);
  }
  expect((await list(actors['other-bureau'])).rows).toEqual([]);
  expect((await platform.ask({ kind: 'stranger' }, { method: 'GET', url: AT })).statusCode).toBe(401);
});
