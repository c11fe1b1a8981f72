import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, openTestCenter, type TestCenter } from '../testing/index.ts';
import { closeOrganisation, importTree, listOrganisations, openPlaces, ROOT } from './index.ts';

let open: TestCenter;
let admin: ActingAccount;
const db = () => open.center.db;
beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  admin = await accountAt(open, 'platform', ROOT);
});
afterAll(() => open.close());

const take = (file: string | Uint8Array, dryRun = false) =>
  importTree(admin, db(), typeof file === 'string' ? Buffer.from(file) : file, { dryRun });
const outcomes = (rows: Awaited<ReturnType<typeof take>>) =>
  rows.map(({ row, county, street, outcome, why }) => [row, county, street, outcome, why].join(' ').trim());
/** 甲区,乙街道 as a Chinese Excel writes it. */
const GBK = Buffer.from('bcd7c7f82cd2d2bdd6b5c00d0a', 'hex');

test('a file says the same where nothing is done yet, and once it is in nothing of it is new', async () => {
  const file = '\uFEFF县/区,街道/乡镇\r\n东区,一街道\r\n东区,二镇\r\n\r\n西区\r\n西区,一街道\r\n东区,一街道\r\n';
  const said = [
    '2 东区 一街道 added',
    '3 东区 二镇 added',
    '5 西区  added',
    '6 西区 一街道 added',
    '7 东区 一街道 there',
  ];
  expect(outcomes(await take(file, true))).toEqual(said);
  expect(await openPlaces(db())).toEqual([]);
  expect(outcomes(await take(file))).toEqual(said);
  expect((await openPlaces(db())).map(({ name }) => name)).toEqual(['东区', '西区', '一街道', '一街道', '二镇']);
  expect((await take(file)).every(({ outcome }) => outcome === 'there')).toBe(true);
  const { rows } = await listOrganisations(admin, db(), { size: 10, kind: 'street', search: '二镇' });
  expect(rows[0]?.path).toMatch(/^og_platform\/og_\w+\/og_\w+\/$/);
  expect(await db().query("SELECT 1 FROM audit_lines WHERE what = 'tree-imported'")).toHaveLength(1);
});

test('a file without headings, and one in the encoding of a Chinese Excel, are read', async () => {
  expect(outcomes(await take('南区,三镇\n'))).toEqual(['1 南区 三镇 added']);
  expect(outcomes(await take(GBK))).toEqual(['1 甲区 乙街道 added']);
});

test('a line that is none is refused by itself', async () => {
  const lines = [',没有区', `北区,${'长'.repeat(101)}`, '北区,五镇,六镇', '北区,四镇'];
  expect((await take(lines.join('\n'))).map(({ outcome, why }) => [outcome, why])).toEqual([
    ['refused', 'bad-message'],
    ['refused', 'bad-message'],
    ['refused', 'bad-message'],
    ['added', ''],
  ]);
  const closed = (await openPlaces(db())).find(({ name }) => name === '四镇');
  await closeOrganisation(admin, db(), closed?.id as never, { note: '撤销' });
  expect(outcomes(await take('北区,四镇'))).toEqual(['1 北区 四镇 refused organisation-settled']);
});

test('a file that is no text is refused, and whoever does not run the platform', async () => {
  await expect(take(Buffer.from([0xc3, 0xff, 0xff, 0x80]))).rejects.toMatchObject({ reason: 'not-a-workbook' });
  const county = (await openPlaces(db()))[0];
  const bureau = await accountAt(open, 'bureau', county?.id as never);
  await expect(importTree(bureau, db(), Buffer.from('东区'), { dryRun: true })).rejects.toMatchObject({
    reason: 'unauthorised',
  });
});

test('a city is put in by a handful of questions to the database, however many streets it has', async () => {
  const lines = Array.from({ length: 3_000 }, (_, n) => `大区${n % 20},街道${n}`);
  let asked = 0;
  const counting = {
    query: (sql: string, params?: readonly unknown[]) => {
      asked += 1;
      return db().query(sql, params);
    },
  };
  const rows = await importTree(admin, counting, Buffer.from(lines.join('\n')), { dryRun: false });
  expect(rows.filter(({ outcome }) => outcome === 'added')).toHaveLength(3_000);
  expect(asked).toBeLessThan(20);
});
