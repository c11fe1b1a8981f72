import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWorkbook } from '../../authoring/import/workbook.fixture.ts';
import type { BankUpload, BankUploadRow, WrittenQuestion } from '../../contract/platform/bank-uploads.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { clearBankUploads } from '../bank-uploads/index.ts';
import { placeOfTenant } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  enrolStation,
  openTestCenter,
  platformOf,
  type TestCenter,
} from '../testing/index.ts';

const tenantId = TenantId.parse('tn_demo');
const HEAD = ['题型', '题干', '选项A', '选项B', '选项C', '答案', '章节', '解析', '难度'];
const good = (stem: string, key = 'A') => ['单选题', stem, '甲', '乙', '丙', key, '用电', '', ''];
/** Two that are no questions yet: one has no answer, the answer of the other names no option. */
const ROWS = [
  good('第一题问什么'),
  ['单选题', '第二题问什么', '甲', '乙', '丙', '', '用电/触电', '看第二章', '难'],
  ['单选题', '第三题问什么', '甲', '乙', '丙', 'E', '用电', '', ''],
  good('第四题问什么', 'a'),
  good('第一题问什么'),
];
const NO_ANSWER = 1;
const OUTSIDE = 2;

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let chief: ActingAccount;
let firm: OrganisationId;
beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  firm = (await placeOfTenant(open.center.db, tenantId)).id;
  chief = await accountAt(open, 'firm', firm);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

const ask = async (method: string, path: string, payload?: object) =>
  platform.ask(chief, {
    method,
    url: `/v1/platform/firms/${firm}/bank-uploads${path}`,
    ...(payload ? { payload } : {}),
  });
const workbook = (rows: readonly (readonly string[])[]) => writeWorkbook([{ sheet: '题库', rows: [HEAD, ...rows] }]);
const read = async (id: string) => (await ask('GET', `/${id}`)).json<BankUpload>();

async function uploaded(bytes: Uint8Array, file = '题库.xlsx'): Promise<BankUpload> {
  const reply = await ask('POST', '', { file, bytes: Buffer.from(bytes).toString('base64') });
  expect(reply.statusCode, reply.body).toBe(200);
  return whenRead(reply.json<BankUpload>().id);
}
async function whenRead(id: string): Promise<BankUpload> {
  await expect.poll(async () => (await read(id)).state, { timeout: 30_000 }).not.toBe('reading');
  return read(id);
}
const rowsOf = async (id: string, query = '') =>
  (await ask('GET', `/${id}/rows?${query}`)).json<{ rows: BankUploadRow[]; next: string | null }>();
const rowOf = async (id: string, at: number) =>
  (await ask('GET', `/${id}/rows/${at}`)).json<{ row: BankUploadRow; written: WrittenQuestion }>();
const mend = async (id: string, at: number, change: Partial<WrittenQuestion>) => {
  const { written } = await rowOf(id, at);
  const reply = await ask('PUT', `/${id}/rows/${at}`, { ...written, ...change });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<{ row: BankUploadRow; problem: { reason: string; words: { zh: string; en: string } } | null }>();
};
const take = (id: string, items: number, more: object = {}) =>
  ask('POST', `/${id}/bank`, { title: '新题库', items, ...more });
const audited = async (what: string) =>
  (await open.center.db.query('SELECT 1 FROM audit_lines WHERE what = $1', [what])).length;
const keptKeys = async () => {
  const keys: string[] = [];
  for await (const { key } of open.center.objects.list('uploads')) keys.push(key);
  return keys;
};
const counted = async (table: string) =>
  Number((await open.center.db.query(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n);

test('a file is read, its refused rows are mended or dropped, and then it is a bank that a station draws from', async () => {
  const banks = await counted('banks');
  const upload = await uploaded(workbook(ROWS));
  expect(upload).toMatchObject({ state: 'read', items: 2, file: '题库.xlsx', hidden: false });
  expect(upload.rows).toMatchObject({ all: 5, rejected: 2, accepted: 2, repaired: 1, duplicate: 1, mended: 0 });
  expect(upload.reasons.map(({ reason, rows }) => [reason, rows])).toEqual([
    ['key-missing', 1],
    ['key-outside-options', 1],
  ]);
  const { rows } = await rowsOf(upload.id, 'show=rejected');
  expect(rows.map(({ at, row, problem }) => [at, row, problem?.reason, problem?.cell])).toEqual([
    [NO_ANSWER, 3, 'key-missing', 'F3'],
    [OUTSIDE, 4, 'key-outside-options', 'F4'],
  ]);
  expect(rows[0]?.problem?.words).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  const repaired = (await rowsOf(upload.id, 'show=repaired')).rows[0];
  expect(repaired?.repairs).toEqual([{ part: 'key', from: 'a', to: 'A' }]);
  expect((await rowsOf(upload.id, 'show=duplicate')).rows[0]?.sameAs).toEqual({ sheet: '题库', row: 2 });

  // What still is wrong is said at once, and nothing is changed by it.
  expect((await mend(upload.id, NO_ANSWER, { key: 'AB' })).problem?.reason).toBe('key-count');
  expect((await read(upload.id)).rows).toMatchObject({ rejected: 2, mended: 0 });
  const mended = await mend(upload.id, NO_ANSWER, { key: 'B' });
  expect(mended).toMatchObject({ problem: null, row: { settled: 'mended', outcome: 'rejected' } });
  expect((await ask('POST', `/${upload.id}/rows/${OUTSIDE}/settled`, { dropped: true })).statusCode).toBe(200);
  expect(await read(upload.id)).toMatchObject({ items: 3, rows: { rejected: 0, mended: 1, dropped: 1 } });
  expect(await counted('banks')).toBe(banks);

  expect((await take(upload.id, 2)).json()).toMatchObject({ reason: 'bank-upload-changed' });
  const taken = await take(upload.id, 3);
  expect(taken.statusCode, taken.body).toBe(200);
  expect(await counted('banks')).toBe(banks + 1);
  expect((await ask('GET', `/${upload.id}`)).json()).toMatchObject({ reason: 'bank-upload-unknown' });
  expect(await counted('bank_upload_rows')).toBe(0);
  const [bank] = await open.center.db.query('SELECT body FROM banks WHERE id = $1', [taken.json().bankId]);
  const items = JSON.parse(String(bank?.body)).items;
  expect(items.map((item: { stem: { zh: string } }) => item.stem.zh)).toEqual([
    ...['第一题问什么', '第二题问什么', '第四题问什么'],
  ]);
  // All that the row said besides is there, and where it was read.
  expect(items[1]).toMatchObject({
    ...{ topic: '用电/触电', explanation: { zh: '看第二章' }, difficulty: 0.75 },
    source: { file: '题库.xlsx', sheet: '题库', row: 3 },
  });
  const station = await enrolStation(open.app, open.secrets.enrolmentCode);
  expect((await station.call('GET', paths.bank(taken.json().bankId))).statusCode).toBe(200);
  for (const [what, times] of [
    ['bank-uploaded', 1],
    ['bank-row-settled', 2],
    ['bank-taken', 1],
  ] as const)
    expect([what, await audited(what)]).toEqual([what, times]);
});

test('what was mended once is mended in the next upload, also of another file', async () => {
  const again = await uploaded(workbook([good('另外一题'), ...ROWS]), '新版.xlsx');
  expect(again).toMatchObject({ items: 4, rows: { rejected: 1, mended: 1, elsewhere: 3 }, said: { mendedBefore: 1 } });
  const { rows } = await rowsOf(again.id, 'show=mended');
  expect(rows[0]).toMatchObject({ stem: '第二题问什么', settled: 'mended', elsewhere: [{ sameKey: true }] });
  const elsewhere = (await rowsOf(again.id, 'show=elsewhere')).rows;
  expect(elsewhere[0]?.elsewhere).toEqual([{ examId: expect.any(String), title: expect.anything(), sameKey: true }]);
  // Opened again it is refused as before, and no longer remembered.
  const reopened = await ask('POST', `/${again.id}/rows/${NO_ANSWER + 1}/settled`, { dropped: false });
  expect(reopened.json().row).toMatchObject({ settled: null, problem: { reason: 'key-missing' }, elsewhere: [] });
  // Mended by hand it is held against the firm's banks as well.
  for (const [key, sameKey] of [
    ['B', true],
    ['A', false],
  ] as const) {
    const { row } = await mend(again.id, NO_ANSWER + 1, { key });
    expect(row.elsewhere).toMatchObject([{ sameKey }]);
  }
  await ask('POST', `/${again.id}/rows/${NO_ANSWER + 1}/settled`, { dropped: false });
  expect(await counted('bank_mends')).toBe(0);
  expect((await ask('DELETE', `/${again.id}`)).statusCode).toBe(200);
  expect(await audited('bank-upload-dropped')).toBe(1);
});

describe('a row that is mended', () => {
  test('is told where it says another key than a row that is there', async () => {
    const { id } = await uploaded(workbook(ROWS));
    const { problem } = await mend(id, NO_ANSWER, { stem: '第一题问什么', key: 'C' });
    expect(problem?.reason).toBe('key-contradicted');
    // With the same key it is the same question, which counts once.
    const { row } = await mend(id, NO_ANSWER, { stem: '第一题问什么', key: 'A' });
    expect(row.sameAs).toEqual({ sheet: '题库', row: 2 });
    expect(await read(id)).toMatchObject({ items: 2, rows: { mended: 1 } });
    await ask('DELETE', `/${id}`);
  });

  test('stands for the others that ask the same, until it is opened again', async () => {
    const { id } = await uploaded(workbook(ROWS));
    for (const at of [NO_ANSWER, OUTSIDE]) await mend(id, at, { stem: '同一题', key: 'B' });
    expect((await read(id)).items).toBe(3);
    await ask('POST', `/${id}/rows/${NO_ANSWER}/settled`, { dropped: true });
    expect(await read(id)).toMatchObject({ items: 3, rows: { mended: 1, dropped: 1 } });
    await ask('DELETE', `/${id}`);
  });

  test('settles two rows that contradict each other', async () => {
    const { id } = await uploaded(workbook([good('问什么'), good('问什么', 'B'), good('别的题')]));
    const { rows } = await rowsOf(id, 'show=rejected');
    expect(rows.map(({ problem }) => problem?.reason)).toEqual(['key-contradicted', 'key-contradicted']);
    expect((await mend(id, 0, {})).problem).toBeNull();
    expect((await mend(id, 1, {})).problem?.reason).toBe('key-contradicted');
    await ask('DELETE', `/${id}`);
  });

  test('by two at once is told to the second, and keeps what the first made of it', async () => {
    const { id } = await uploaded(workbook(ROWS));
    await ask('POST', `/${id}/rows/${OUTSIDE}/settled`, { dropped: false });
    const { written, row } = await rowOf(id, OUTSIDE);
    const path = `/${id}/rows/${OUTSIDE}`;
    const first = await ask('PUT', path, { ...written, key: 'A', version: row.version });
    expect(first.json()).toMatchObject({ problem: null, row: { settled: 'mended' } });
    for (const [method, to, body] of [
      ['PUT', path, { ...written, key: 'B' }],
      ['POST', `${path}/settled`, { dropped: true }],
    ] as const)
      expect((await ask(method, to, { ...body, version: row.version })).json()).toMatchObject({
        reason: 'bank-row-changed',
      });
    expect((await rowOf(id, OUTSIDE)).written.key).toBe('A');
    const { version } = (await rowOf(id, OUTSIDE)).row;
    expect((await ask('POST', `${path}/settled`, { dropped: false, version })).statusCode).toBe(200);
    await ask('DELETE', `/${id}`);
  });

  test('is the one that was shown, or nothing is done', async () => {
    const { id } = await uploaded(workbook(ROWS));
    await ask('POST', `/${id}/rows/${OUTSIDE}/settled`, { dropped: false });
    const { written, row } = await rowOf(id, OUTSIDE);
    const of = { sheet: row.sheet, row: row.row };
    const elsewhere = { sheet: row.sheet, row: row.row + 1 };
    for (const [method, path, body] of [
      ['PUT', `/${id}/rows/${OUTSIDE}`, { ...written, key: 'A' }],
      ['POST', `/${id}/rows/${OUTSIDE}/settled`, { dropped: true }],
    ] as const) {
      expect((await ask(method, path, { ...body, of: elsewhere })).json()).toMatchObject({ reason: 'bank-row-moved' });
      expect((await rowOf(id, OUTSIDE)).row.settled).toBeNull();
      expect((await ask(method, path, { ...body, of })).statusCode).toBe(200);
      await ask('POST', `/${id}/rows/${OUTSIDE}/settled`, { dropped: false });
    }
    await ask('DELETE', `/${id}`);
  });

  test('stays so where its file is read once more by a center that did not hear of its end', async () => {
    const { id } = await uploaded(workbook(ROWS));
    await ask('POST', `/${id}/rows/${OUTSIDE}/settled`, { dropped: true });
    const { db } = open.center;
    await db.query(
      `UPDATE jobs SET state = 'waiting', runner = NULL, held_until = NULL, ended_at = NULL, due_at = now() WHERE id =
       (SELECT job_id FROM bank_uploads WHERE id = $1)`,
      [id],
    );
    const sql = 'SELECT state FROM jobs WHERE id = (SELECT job_id FROM bank_uploads WHERE id = $1)';
    await expect.poll(async () => (await db.query(sql, [id]))[0]?.state, { timeout: 20_000 }).toBe('done');
    expect(await read(id)).toMatchObject({ state: 'read', rows: { dropped: 1, rejected: 1 } });
    await ask('DELETE', `/${id}`);
  });

  test('says what no database holds in another sign', async () => {
    const { id } = await uploaded(workbook(ROWS));
    expect((await mend(id, NO_ANSWER, { key: 'a\u0000' })).problem).toBeNull();
    expect((await rowOf(id, NO_ANSWER)).row.repairs).toMatchObject([{ part: 'key', from: 'a\ufffd', to: 'A' }]);
    expect((await rowsOf(id)).rows).toHaveLength(5);
    await ask('POST', `/${id}/rows/${NO_ANSWER}/settled`, { dropped: true });
    await ask('DELETE', `/${id}`);
  });

  test('asks for letters where a number is chosen from options', async () => {
    const { id } = await uploaded(
      workbook([good('别的题'), ['数字题', '电压是几伏', '12', '24', '36', '', '', '', '']]),
    );
    const at = (await rowsOf(id, 'show=rejected')).rows[0]?.at ?? -1;
    expect((await rowOf(id, at)).written).toMatchObject({ kind: 'single' });
    expect((await mend(id, at, { key: 'C' })).problem).toBeNull();
    await ask('DELETE', `/${id}`);
  });

  test('keeps its pictures, and takes others', async () => {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const other = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
      .png()
      .toBuffer();
    const rows = [
      HEAD,
      ['单选题', '下图是什么标志', '甲', '乙', '丙', '', '', '', ''],
      ['单选题', '如下图所示', '甲', '乙', '丙', 'A', '', '', ''],
    ];
    const { id } = await uploaded(
      writeWorkbook([{ sheet: '题库', rows }], { lying: [{ bytes: picture, row: 1, to: 1, column: 1 }] }),
    );
    const first = await rowOf(id, 0);
    expect(first.written.pictures).toHaveLength(1);
    const shown = await ask('GET', `/${id}/pictures/${first.written.pictures[0]?.hash}`);
    expect([shown.statusCode, shown.headers['content-type'], shown.rawPayload.equals(picture)]).toEqual([
      200,
      'image/png',
      true,
    ]);
    expect((await mend(id, 0, { key: 'A' })).problem).toBeNull();
    expect((await rowOf(id, 1)).row.problem?.reason).toBe('picture-needed');
    const { hash } = (await ask('POST', `/${id}/pictures`, { bytes: other.toString('base64') })).json();
    expect((await mend(id, 1, { pictures: [{ hash, alt: '一张图' }] })).problem).toBeNull();
    expect((await mend(id, 1, { pictures: [{ hash, alt: '' }] })).problem).toBeNull();
    const notThere = await ask('PUT', `/${id}/rows/1`, {
      ...first.written,
      pictures: [{ hash: 'a'.repeat(64), alt: '' }],
    });
    expect(notThere.json()).toMatchObject({ reason: 'picture-missing' });
    const taken = await take(id, 2);
    expect(taken.statusCode, taken.body).toBe(200);
    expect(await keptKeys()).toEqual([]);
  });
});

test('a file that says nothing is told of by name, and one that nobody goes on with is forgotten', async () => {
  const broken = await uploaded(Buffer.from('这不是表格'), 'x.xlsx');
  expect(broken).toMatchObject({ state: 'failed', reason: 'not-a-workbook', rows: null, items: 0 });
  expect((await ask('GET', `/${broken.id}/rows`)).json()).toMatchObject({ reason: 'bank-upload-unread' });
  const { center } = open;
  const in15Days = () => new Date(Date.now() + 15 * 86_400_000);
  await clearBankUploads({ ...center, now: in15Days });
  expect((await ask('GET', '')).json()).toEqual({ uploads: [] });
});

test('a file that was read in vain is read once more', async () => {
  const { id } = await uploaded(workbook(ROWS));
  const { db } = open.center;
  await db.query(`UPDATE bank_uploads SET state = 'reading' WHERE id = $1`, [id]);
  const stand = (state: string) =>
    db.query(
      `UPDATE jobs SET state = $2, runner = NULL, due_at = now() + interval '1 hour'
       WHERE id = (SELECT job_id FROM bank_uploads WHERE id = $1)`,
      [id, state],
    );
  await stand('waiting');
  expect((await ask('POST', `/${id}/again`, { hidden: false })).json()).toMatchObject({ reason: 'bank-upload-unread' });
  await stand('failed');
  expect(await read(id)).toMatchObject({ state: 'failed', reason: 'internal' });
  expect((await ask('POST', `/${id}/again`, { hidden: false })).statusCode).toBe(200);
  expect(await whenRead(id)).toMatchObject({ state: 'read', items: 2 });
  await ask('DELETE', `/${id}`);
});

test('a file that is thrown away while it is read leaves nothing', async () => {
  for (const waits of [0, 50, 400]) {
    const bytes = Buffer.from(workbook(Array.from({ length: 300 }, (_, at) => good(`问题 ${at}`)))).toString('base64');
    const { id } = (await ask('POST', '', { file: '题库.xlsx', bytes })).json<BankUpload>();
    await setTimeout(waits);
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(200);
  }
  const underWay = `SELECT 1 FROM jobs WHERE kind = 'bank-reading' AND state IN ('waiting', 'running')`;
  await expect.poll(async () => (await open.center.db.query(underWay)).length, { timeout: 20_000 }).toBe(0);
  expect(await counted('bank_upload_rows')).toBe(0);
  expect(await keptKeys()).toEqual([]);
});

test('a file with half a character is read, and shows it as a mark', async () => {
  const item = (zh: string) => ({
    kind: 'single',
    stem: { zh },
    options: [{ zh: '甲' }, { zh: '乙' }],
    key: [0],
    topic: '',
  });
  const file = JSON.stringify({ title: { zh: '题库' }, items: [item('问\ud800什么'), item('别的题')] });
  const { id, state } = await uploaded(Buffer.from(file), '题库.json');
  expect(state).toBe('read');
  expect((await rowsOf(id)).rows.map(({ stem }) => stem)).toEqual(['问\ufffd什么', '别的题']);
  await ask('DELETE', `/${id}`);
});

test('is gone through page by page', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => good(`问题 ${at}`, at % 2 === 0 ? 'A' : ''));
  const { id } = await uploaded(workbook(rows));
  const first = await rowsOf(id, 'show=rejected&size=50');
  const second = await rowsOf(id, `show=rejected&size=50&after=${first.next}`);
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, null]);
  expect(new Set([...first.rows, ...second.rows].map(({ at }) => at)).size).toBe(60);
  expect((await rowsOf(id, 'show=rejected&reason=key-count')).rows).toEqual([]);
  const beyond = Buffer.from('[99999999999]').toString('base64url');
  expect((await ask('GET', `/${id}/rows?after=${beyond}`)).statusCode).toBe(400);
  await ask('DELETE', `/${id}`);
});

test('another firm sees nothing of it', async () => {
  const { id } = await uploaded(workbook(ROWS));
  await addOtherTenant(open);
  const beside = (await placeOfTenant(open.center.db, TenantId.parse('tn_other'))).id;
  const other = await accountAt(open, 'firm', beside);
  for (const [of, reason] of [
    [firm, 'organisation-unknown'],
    [beside, 'bank-upload-unknown'],
  ]) {
    const url = `/v1/platform/firms/${of}/bank-uploads/${id}`;
    expect((await platform.ask(other, { method: 'GET', url })).json()).toMatchObject({ reason });
  }
});
