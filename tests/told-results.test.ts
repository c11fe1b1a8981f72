import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinAt, openTestCenter, type Person, roleAt, setUpAt, type TestCenter } from '../center/testing/index.ts';
import type { ToldReport, ToldResult } from '../contract/platform/told-results.ts';
import { sharedFolder } from './kit/folders.ts';

/** A vendor's program brings results with a token of the bureau's, by the command. */
const main = resolve(import.meta.dirname, '../cli/main.ts');
const folder = sharedFolder();
const file = join(folder, '成绩.csv');

let open: TestCenter;
let url: string;
let bureau: Person;
let ids: { readonly county: string; readonly vendor: string; readonly firm: string };
let token: string;

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  url = await open.app.listen({ host: '127.0.0.1', port: 0 });
  const chief = await setUpAt(open);
  const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
  const add = async (kind: string, parentId: string, name: string) =>
    (await chief.send('POST', '/v1/platform/organisations', { ...nothing, kind, parentId, name })).json<{
      id: string;
    }>().id;
  const county = await add('county', 'og_platform', '城关县');
  ids = { county, vendor: await add('vendor', 'og_platform', '安培科技'), firm: await add('firm', county, '宏达建筑') };
  bureau = await joinAt(open.app, chief, 'bureau1', roleAt('bureau', county));
  const wish = { name: '安培科技接口', ...roleAt('bureau', county), days: 30 };
  token = (await bureau.send('POST', '/v1/platform/tokens', wish)).json<{ token: string }>().token;
  const row = (id: string, marks: string) =>
    `${id},张三,11010519491231002X,宏达建筑,有限空间,${marks},100,合格,2026-11-01 09:30`;
  const head = '成绩编号,姓名,身份证号,企业,考试名称,得分,满分,是否合格,交卷时间';
  writeFileSync(file, [head, row('A-1', '86'), row('A-2', '120'), row('=A-3', '90')].join('\n'));
});
afterAll(() => open.close());

type Ran = { readonly code: number; readonly report: ToldReport };
const run = (...more: readonly string[]): Promise<Ran> =>
  new Promise((done, fail) => {
    const named = ['--center', url, '--token', token, '--organisation', ids.county, '--vendor', ids.vendor, '--json'];
    execFile(process.execPath, [main, 'results', 'import', file, ...named, ...more], (error, stdout) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') done({ code, report: JSON.parse(stdout) });
      else fail(error);
    });
  });

test('looks first, then takes over, and once', async () => {
  const into = join(folder, 'report.csv');
  const looked = await run('--report', into);
  expect(looked).toMatchObject({ code: 1, report: { applied: false, counts: { added: 2, there: 0, refused: 1 } } });
  const told = readFileSync(into, 'utf8');
  expect(told).toContain('marks-over');
  expect(told).toContain("'=A-3");
  expect(await run('--apply')).toMatchObject({ report: { applied: true, counts: { added: 2 } } });
  expect(await run('--apply')).toMatchObject({ report: { importId: null, counts: { added: 0, there: 2 } } });
  const { rows } = (await bureau.get('/v1/platform/told-results')).json<{ rows: ToldResult[] }>();
  expect(rows.map(({ firm, vendor, proven }) => [firm, vendor, proven])).toEqual([
    ['宏达建筑', '安培科技', null],
    ['宏达建筑', '安培科技', null],
  ]);
});

test('says why the center refuses a file', async () => {
  expect(await run('--vendor', ids.firm)).toMatchObject({ code: 1, report: { reason: 'organisation-unknown' } });
  expect(await run('--vendor', 'x')).toMatchObject({ code: 1, report: { reason: 'bad-message' } });
});
