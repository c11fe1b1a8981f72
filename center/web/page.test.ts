import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch, Receipt } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { keyId } from '../../proof/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  FROM_HERE,
  formTokenIn,
  openTestCenter,
  recordOf,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from './messages.ts';

let open: TestCenter;
let station: TestStation;
let receipt: Receipt;

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode, '<b>北门</b> & "A"');
  const records = [
    recordOf(station, { submittedAt: '2026-03-05T06:20:00.000Z' }),
    recordOf(station, {
      submittedAt: '2026-03-05T07:20:00.000Z',
      marks: 44,
      passed: false,
      candidateId: 'cd_visitor',
      exam: { id: 'ex_x', title: { zh: '<script>alert(1)</script>' }, mode: 'mock' },
    }),
    recordOf(station, {
      submittedAt: '2026-03-05T08:20:00.000Z',
      marks: 60,
      passed: false,
      identity: { how: 'overridden', by: 'pr_demo-1', note: '照片太旧', reason: 'mismatch' },
      format: 'exam-station/record@7',
      hosts: ['kiosk', 'browser'],
      incidents: ['no-face', 'mask-worn', 'mask-worn'].map((reason, n) => {
        return { id: `in_${n}`, reason, at: '2026-03-05T08:00:00.000Z', paused: true };
      }),
    }),
  ];
  receipt = (await station.call('POST', paths.batches, await batchOf(station, records))).json();
});
afterAll(() => open.close());

const cookieOf = (token = open.secrets.operatorToken): Promise<string> => signIn(open.app, token);
const see = async (url = '/', token?: string) => open.app.inject({ url, headers: { cookie: await cookieOf(token) } });

describe('the way in', () => {
  test('without a token there is a form and nothing else', async () => {
    for (const cookie of ['', 'exam_center=', 'exam_center=wrong', 'x=y; exam_center=wrong']) {
      const reply = await open.app.inject({ url: '/', headers: { cookie } });
      expect(reply.statusCode).toBe(401);
      expect(reply.body).toContain(MESSAGES.zh.tokenLabel);
      expect(reply.body).not.toContain('张示范');
    }
  });

  test('a token becomes a cookie that no script can read, and leaves the address', async () => {
    const reply = await open.app.inject(`/?token=${open.secrets.operatorToken}&lang=en`);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/?lang=en']);
    expect(reply.headers['set-cookie']).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('the form posts it', async () => {
    const post = (token: string) =>
      open.app.inject({
        method: 'POST',
        url: '/',
        payload: new URLSearchParams({ token }).toString(),
        headers: { ...FROM_HERE, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await post(` ${open.secrets.operatorToken} `)).statusCode).toBe(303);
    const wrong = await post('"><script>');
    expect([wrong.statusCode, wrong.headers['set-cookie']]).toEqual([401, undefined]);
    expect(wrong.body).toContain(MESSAGES.zh.tokenWrong);
  });

  test('signing out ends it, for every copy of the cookie', async () => {
    const cookie = await cookieOf();
    const form = formTokenIn((await open.app.inject({ url: '/', headers: { cookie } })).body);
    const type = { ...FROM_HERE, 'content-type': 'application/x-www-form-urlencoded' };
    const signOut = (payload: string, others = {}) =>
      open.app.inject({ method: 'POST', url: '/sign-out', payload, headers: { cookie, ...type, ...others } });
    expect((await signOut('')).json().reason).toBe('origin-refused');
    expect((await signOut(`form=${form}`, { origin: 'https://evil.example' })).json().reason).toBe('origin-refused');
    const reply = await signOut(`form=${form}`);
    expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([303, expect.stringContaining('Max-Age=0')]);
    expect((await open.app.inject({ url: '/', headers: { cookie } })).statusCode).toBe(401);
  });

  test('the cookie holds nothing of the token, and is another one after each sign-in', async () => {
    const [first, second] = [await cookieOf(), await cookieOf()];
    expect(first).not.toContain(open.secrets.operatorToken);
    expect(second).not.toBe(first);
    const again = await open.app.inject({ url: `/?token=${open.secrets.operatorToken}`, headers: { cookie: first } });
    expect(again.statusCode).toBe(303);
    expect((await open.app.inject({ url: '/', headers: { cookie: first } })).statusCode).toBe(401);
    expect((await open.app.inject({ url: '/', headers: { cookie: second } })).statusCode).toBe(200);
    const itself = `exam_center=${open.secrets.operatorToken}`;
    expect((await open.app.inject({ url: '/', headers: { cookie: itself } })).statusCode).toBe(401);
  });

  test('a link on another site signs nobody in', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const reply = await open.app.inject({ url: `/?token=${open.secrets.operatorToken}`, headers });
    expect([reply.statusCode, reply.headers['set-cookie']]).toEqual([401, undefined]);
  });
});

describe('the list', () => {
  test('is newest first and says how each sitting went', async () => {
    const rows = [...(await see()).body.matchAll(/<tr role="row"><td.*<\/tr>/g)].map(([row]) =>
      row
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain(
      '张示范 1101**********0016 通用安全知识考试 正式考试 60 / 100 不合格 有争议 人工放行 王监考 照片太旧 与录入的照片不是同一个人 刷卡 3 次 没有看到脸 未知原因 mask-worn ×2',
    );
    expect(rows[1]).toContain('访客');
    expect(rows[1]).toContain('模拟考试 44 / 100 不合格 有争议 通过 刷卡 无');
    expect(rows[2]).toContain('86 / 100 合格 有争议 通过 刷卡 无');
    expect(rows.map((row) => row.includes(MESSAGES.zh.shownOn.browser))).toEqual([true, false, false]);
    expect(rows[2]).toMatch(/第 1 批 已登记$/);
  });

  test('says why in words, with the code behind them, and when by the clock of the rooms', async () => {
    const { body } = await see();
    expect(body).toContain('<span title="原因代码 no-face">没有看到脸</span>');
    expect(body.replace(/<[^>]+>|title="[^"]*"/g, '')).not.toMatch(/no-face|mismatch/);
    expect(body).toContain('交卷时间 (北京时间 UTC+8)');
    expect(body).toContain('<time datetime="2026-03-05T06:20:00.000Z">2026-03-05 14:20</time>');
    expect((await see('/?lang=en')).body).toContain('Handed in (Beijing time UTC+8)');
  });

  // The certificate of the station is in it as well.
  test('says how long the log was that each record is in', async () => {
    expect((await see()).body).toContain(`title="公证日志当时 ${receipt.inclusions.length + 1} 条"`);
  });

  test('begins with the totals; what visitors tried is no sitting', async () => {
    const text = (await see()).body;
    const figures = [...text.matchAll(/<dd[^>]*>(.*?)<\/dd>/g)].map(([, figure]) => figure?.replace(/<[^>]+>/g, ''));
    expect(text).toContain(keyId(open.secrets.centerKey));
    // Each of them says what no station could: none counts until somebody decides.
    expect(figures).toEqual(['2', '1 不计入场次和合格率', '— 0 场中 0 场合格', '3']);
  });

  test('escapes what others wrote, and forbids every script', async () => {
    const { body, headers } = await see();
    expect(body).toContain('&lt;b&gt;北门&lt;/b&gt; &amp; &quot;A&quot;');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toContain('<script');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(headers['cache-control']).toBe('no-store');
  });

  test('speaks English where asked', async () => {
    const { body } = await see('/?lang=en');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain('General Safety Exam');
    expect(body).not.toContain('不合格');
  });

  test('links a proof file for each batch', async () => {
    const [, path] = (await see()).body.match(/href="(\/proof\/[0-9a-f]{64})"/) ?? [];
    expect((await see(path)).headers['content-type']).toMatch('application/json');
  });

  test('shows another tenant nothing of this one', async () => {
    const { token } = await addOtherTenant(open);
    const { body } = await see('/', token);
    expect(body).toContain(MESSAGES.zh.none);
    expect(body).toContain('别家企业');
    expect(body).not.toContain('张示范');
  });

  test('finds the records of one person by how their name or number begins, and those of a station, an exam or an incident', async () => {
    const rowsOf = async (query: string) => (await see(`/?${query}`)).body.split('<tr role="row"><td').length - 1;
    const all = await rowsOf('lang=en');
    expect(all).toBeGreaterThan(0);
    const [person] = await open.center.db.query("SELECT name, number FROM candidates WHERE id = 'cd_demo-1'");
    const [his] = await open.center.db.query(
      "SELECT count(*)::int AS count FROM records WHERE candidate_id = 'cd_demo-1'",
    );
    const begins = (text: unknown, length: number) => `q=${encodeURIComponent(String(text).slice(0, length))}`;
    expect(await rowsOf(begins(person?.name, 2))).toBe(his?.count);
    expect(await rowsOf(begins(person?.number, 18))).toBe(his?.count);
    expect(await rowsOf('q=nobody')).toBe(0);
    expect(await rowsOf(`station=${station.stationId}`)).toBe(all);
    expect([await rowsOf('exam=ex_demo'), await rowsOf('exam=ex_none')]).toEqual([all - 1, 0]);
    const [incident] = await open.center.db.query('SELECT reason FROM record_incidents LIMIT 1');
    expect(await rowsOf(`incident=${incident?.reason}`)).toBeGreaterThan(0);
    expect(await rowsOf('incident=none-such')).toBe(0);
  });

  test('turns pages of fifty, and takes a foolish page number for the first', async () => {
    const records = Array.from({ length: 50 }, () => recordOf(station));
    await station.call(
      'POST',
      paths.batches,
      await batchOf(station, records, { number: 1, batch: await firstBatch() }),
    );
    const rowsIn = (body: string) => body.split('<tr role="row"><td').length - 1;
    const linksIn = (body: string) =>
      [...body.matchAll(/<nav class="turn" [\s\S]*?<\/nav>/g)].flatMap(([nav]) =>
        [...nav.matchAll(/href="(\/\?page=[^"]*|\/\?lang=en)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&')),
      );
    const first = (await see('/?lang=en')).body;
    const [older = ''] = linksIn(first);
    const second = (await see(older)).body;
    expect([rowsIn(first), rowsIn(second)]).toEqual([50, 3]);
    expect(second).toContain('Page 2 of 2');
    expect(linksIn(second)).toEqual(['/?lang=en']);
    for (const foolish of ['-1', '2', 'bzAuMS4x', '%00'])
      expect(rowsIn((await see(`/?page=${foolish}`)).body)).toBe(50);
  });
});

async function firstBatch(): Promise<Batch> {
  const [row] = await open.center.db.query('SELECT id FROM batches WHERE number = 1');
  return (await see(`/proof/${row?.id}`)).json<{ batch: Batch }>().batch;
}
