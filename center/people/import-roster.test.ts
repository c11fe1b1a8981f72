import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWorkbook } from '../../authoring/import/workbook.fixture.ts';
import type { CandidateList, Memberships } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { RosterReport } from '../../contract/people-center/roster-import.ts';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { addOtherTenant, openTestCenter, type TestCenter } from '../testing/index.ts';

let open: TestCenter;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const bearer = (token = open.secrets.operatorToken) => ({ authorization: `Bearer ${token}` });
const numberOf = (serial: number): string => {
  const first = `1101051980${String(101 + (serial % 28)).padStart(4, '0')}${String(Math.floor(serial / 28)).padStart(3, '0')}`;
  return first + checkCharacter(first);
};
const csvOf = (...rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\n'));
const HEAD = ['姓名', '身份证号', '考试', '岗位', '加时', '状态', '单位', '日期', '原因', '手机'];

async function send(bytes: Uint8Array, apply?: string, token?: string): Promise<RosterReport & { reason?: string }> {
  const reply = await open.app.inject({
    ...{ method: 'POST', url: `${operatorPaths.roster}${apply ? `?apply=${apply}` : ''}`, payload: Buffer.from(bytes) },
    headers: { ...bearer(token), 'content-type': 'application/octet-stream' },
  });
  return reply.json();
}
const takeOver = async (bytes: Uint8Array) => send(bytes, (await send(bytes)).plan);
const get = async <T>(url: string): Promise<T> => (await open.app.inject({ url, headers: bearer() })).json<T>();
const listed = async () => (await get<CandidateList>(operatorPaths.candidates)).candidates;
const outcomes = ({ rows }: RosterReport) => rows.map(({ outcome, problem }) => problem ?? outcome);
const lines = async () =>
  (await open.center.db.query(`SELECT count(*)::int AS n FROM audit_lines WHERE what LIKE 'candidate-%'`))[0]?.n;

const [A, B, C] = [numberOf(1_001), numberOf(1_002), numberOf(1_003)];

describe('a roster as a file', () => {
  test('is looked at first, and changes nothing then', async () => {
    const before = await listed();
    const report = await send(csvOf(['甲一', A, 'ex_demo'], ['乙二', B, 'ex_none'], ['', C, 'ex_demo']));
    expect(report).toMatchObject({ applied: false, ignored: ['手机'], counts: { add: 1, refused: 2 } });
    expect(outcomes(report)).toEqual(['add', 'exam-unknown', 'name-missing']);
    expect(report.rows[1]).toMatchObject({ row: 3, name: '乙二', words: { zh: expect.stringContaining('考试编号') } });
    expect(JSON.stringify(report)).not.toContain(A);
    expect(await listed()).toEqual(before);
  });

  test('is taken over as it was seen, a line of the audit log for each, and a second time nothing is left to do', async () => {
    const file = csvOf(['甲一', A, 'ex_demo', '电工', '10'], ['乙二', B, 'ex_demo'], ['丙三', '123', 'ex_demo']);
    const before = Number(await lines());
    const report = await takeOver(file);
    expect(report).toMatchObject({ applied: true, counts: { add: 2, refused: 1 } });
    const found = (await listed()).find(({ number }) => number === A);
    expect(found).toMatchObject({ name: '甲一', examId: 'ex_demo', arrangements: { extraMinutes: 10 } });
    expect(await lines()).toBe(before + 2);
    expect(await send(file, report.plan)).toMatchObject({ applied: true, counts: { same: 2, refused: 1 } });
    expect(await lines()).toBe(before + 2);
  });

  test('changes, takes off and brings back, with where from, where to and why', async () => {
    const file = csvOf(
      ['甲一', A, 'ex_demo-mock', '焊工'],
      ['乙二', B, '', '', '', '调出', '别家企业', '2026-01-31', '调动'],
      ['丙三', C, 'ex_demo', '', '', '调入', '老东家', '2026/2/1', '调动'],
    );
    expect(outcomes(await takeOver(file))).toEqual(['change', 'leave', 'add']);
    expect((await listed()).find(({ number }) => number === A)).toMatchObject({ examId: 'ex_demo-mock' });
    const back = csvOf(['乙二', B, 'ex_demo', '', '', '', '', '2026-03-01', '回来']);
    expect(outcomes(await takeOver(back))).toEqual(['return']);
    const { memberships } = await get<Memberships>(operatorPaths.memberships);
    expect(memberships.filter(({ number }) => number === B)).toMatchObject([
      { left: { on: '2026-01-31', why: '调动', to: '别家企业' } },
      { joined: { on: '2026-03-01', why: '回来' } },
    ]);
    expect(memberships.find(({ number }) => number === C)).toMatchObject({
      joined: { on: '2026-02-01', why: '调动', from: '老东家' },
    });
  });

  test('may be a workbook: a number that is a figure there has lost its end', async () => {
    const bytes = writeWorkbook([
      {
        sheet: '名单',
        rows: [
          ['考生名单', null, null],
          ['姓名*', '身份证号码', '考试名称'],
          ['丁四', numberOf(1_004), 'ex_demo'],
          ['戊五', 110105198001010000, 'ex_demo'],
        ],
      },
    ]);
    const report = await send(bytes);
    expect(outcomes(report)).toEqual(['add', 'number-figure']);
    expect(report.rows.map(({ row }) => row)).toEqual([3, 4]);
  });

  test.each([
    ['by another name', ['别人', A, 'ex_demo'], 'name-other'],
    ['who is called otherwise by now', ['甲改名', A, '', '', '', '变更'], 'change'],
    ['with one wrong digit', ['己', `${A.slice(0, 17)}${A.endsWith('X') ? '1' : 'X'}`, 'ex_demo'], 'number-checksum'],
    ['without a number', ['己', '', 'ex_demo'], 'number-missing'],
    ['without an exam', ['己', numberOf(1_010)], 'exam-missing'],
    ['with minutes that are none', ['己', numberOf(1_010), 'ex_demo', '', '很多'], 'minutes-unclear'],
    ['with an action that is none', ['己', numberOf(1_010), 'ex_demo', '', '', '借用'], 'action-unclear'],
    ['with a day that is none', ['己', numberOf(1_010), 'ex_demo', '', '', '', '', '2026-02-30'], 'day-unclear'],
    ['who leaves and is not there', ['己', numberOf(1_010), '', '', '', '离职', '', '', '走了'], 'not-on-roster'],
    ['who leaves without a reason', ['甲一', A, '', '', '', '离职'], 'reason-missing'],
    ['who leaves on a day to come', ['甲一', A, '', '', '', '离职', '', '2999-01-01', '走'], 'day-to-come'],
    ['whose post is a novel', ['己', numberOf(1_010), 'ex_demo', '长'.repeat(101)], 'text-long'],
  ])('says of somebody %s what becomes of the row', async (_, row, outcome) => {
    expect(outcomes(await send(csvOf(row)))).toEqual([outcome]);
  });

  test('counts whoever is in it twice once', async () => {
    const n = numberOf(1_011);
    expect(outcomes(await send(csvOf(['庚', n, 'ex_demo'], ['庚', n, 'ex_demo'])))).toEqual(['add', 'number-repeated']);
  });

  test('is not taken over where something else would be done than was seen', async () => {
    const file = csvOf(['辛七', numberOf(1_012), 'ex_demo']);
    const { plan } = await send(csvOf(['壬八', numberOf(1_013), 'ex_demo']));
    expect(await send(file, plan)).toEqual({ reason: 'roster-changed' });
    expect((await listed()).some(({ name }) => name === '辛七')).toBe(false);
  });

  test.each([
    ['no headings', Buffer.from('a,b\nc,d')],
    ['no workbook', Buffer.from('PK\u0003\u0004 and nothing behind it')],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused whole', async (_, bytes) => {
    expect(await send(bytes)).toMatchObject({ reason: 'not-a-workbook' });
  });

  test('of one firm is nothing to another', async () => {
    expect(outcomes(await send(csvOf(['甲一', A, '', '', '', '离职', '', '', '走']), undefined, otherToken))).toEqual([
      'not-on-roster',
    ]);
  });

  test('of very many is a few statements for all of them', async () => {
    let statements = 0;
    const { db } = open.center;
    const rows = Array.from({ length: 600 }, (_, n) => [`工人${n}`, numberOf(3_000 + n), 'ex_demo']);
    const { plan } = await send(csvOf(...rows));
    const transaction = db.transaction.bind(db);
    db.transaction = (work) =>
      transaction((tx) =>
        work({
          ...tx,
          query: (sql, params) => {
            statements += 1;
            return tx.query(sql, params);
          },
        }),
      );
    const report = await send(csvOf(...rows), plan);
    db.transaction = transaction;
    expect(report).toMatchObject({ applied: true, counts: { add: 600 } });
    expect(statements).toBeGreaterThan(5);
    expect(statements).toBeLessThan(60);
  });
});

describe('people known by other documents', () => {
  const csv = (...rows: readonly string[]) => Buffer.from(['姓名,证件号,证件类型,考试', ...rows].join('\n'));

  test('are told by a column, by the number itself, or asked about', async () => {
    const report = await takeOver(
      csv(
        'PUBLIC JOHN,USA110080080110,,ex_demo',
        '陈护照,e 1234 5678,护照,ex_demo',
        '林台胞,台胞证：12345678,,ex_demo',
        '赵工号,0042,工号,ex_demo',
        '钱不明,E12345678,,ex_demo',
        '孙奇怪,E12345678,驾驶证,ex_demo',
        '李不符,E12345678,居民身份证,ex_demo',
      ),
    );
    expect(outcomes(report)).toEqual([
      ...['add', 'add', 'add', 'add', 'number-kind-unclear', 'document-unknown', 'number-malformed'],
    ]);
    const numbers = (await listed()).map(({ number }) => number);
    expect(numbers).toEqual(
      expect.arrayContaining(['USA110080080110', 'passport:E12345678', 'taiwan:12345678', 'staff:0042']),
    );
    expect(outcomes(await send(csv('陈护照,Ｅ１２３４５６７８,passport,ex_demo')))).toEqual(['same']);
    expect(JSON.stringify(report)).not.toMatch(/12345678|080080/);
  });

  test('leave and are corrected by their number, however it is typed', async () => {
    const post = (url: string, payload: object) => open.app.inject({ method: 'POST', url, payload, headers: bearer() });
    const correction = { number: 'staff: 0042', to: '工号：0043', reason: '输错', photos: 'same' };
    expect((await post(operatorPaths.candidateNumber, correction)).statusCode).toBe(200);
    expect(
      (await post(operatorPaths.leavings, { number: 'staff:0043', on: '2026-01-01', reason: '离职' })).statusCode,
    ).toBe(200);
    expect((await listed()).some(({ number }) => number.startsWith('staff:'))).toBe(false);
  });
});
