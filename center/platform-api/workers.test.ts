import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterReport } from '../../contract/people-center/roster-import.ts';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import {
  addPlace,
  joinAt,
  openTestCenter,
  type Person,
  personAt,
  roleAt,
  setUpAt,
  type TestCenter,
} from '../testing/index.ts';

/** People of a firm, through the pages of whoever manages it. */
let open: TestCenter;
let chief: Person;
let firm: string;
let at: string;

const numberOf = (n: number): string => {
  const first17 = `11010119900101${String(n).padStart(3, '0')}`;
  return `${first17}${checkCharacter(first17)}`;
};
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]).toString('base64');

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  chief = await setUpAt(open);
  const county = await addPlace(open.center.db, 'og_county', 'county');
  const none = { licence: null, sector: null, size: null, contact: null, phone: null };
  const wish = { ...none, kind: 'firm', parentId: county, name: '好企业' };
  firm = OrganisationId.parse((await chief.send('POST', '/v1/platform/organisations', wish)).json<{ id: string }>().id);
  at = `/v1/platform/firms/${firm}`;
});
afterAll(() => open.close());

test('whoever sets the platform up takes a firm on that nobody manages, and no other', async () => {
  expect((await chief.get(`${at}/workers`)).statusCode).toBe(401);
  expect((await chief.send('POST', `${at}/take-on`)).statusCode).toBe(200);
  expect((await chief.get(`${at}/workers`)).json()).toEqual({ rows: [], next: null });
  const none = { licence: null, sector: null, size: null, contact: null, phone: null };
  const wish = { ...none, kind: 'firm', parentId: 'og_county', name: '别人的企业' };
  const other = (await chief.send('POST', '/v1/platform/organisations', wish)).json<{ id: string }>().id;
  const boss = await joinAt(open.app, chief, 'boss', roleAt('firm', other));
  const refused = await chief.send('POST', `/v1/platform/firms/${other}/take-on`);
  expect(refused.json()).toMatchObject({ reason: 'role-beyond' });
  expect((await boss.send('POST', `${at}/take-on`)).statusCode).toBe(401);
});

test('a roster without a column of exams is for the exam that is said, and its bad rows are told apart', async () => {
  expect((await chief.send('POST', `${at}/seed-exam`)).json()).toEqual({ examId: 'ex_demo' });
  const lines = Array.from({ length: 60 }, (_, n) => `工人${String(n).padStart(2, '0')},${numberOf(n + 1)}`);
  const file = Buffer.from(['姓名,身份证号', ...lines, '坏行,110101199001010011', ',x'].join('\n')).toString('base64');
  const dry = await chief.send('POST', `${at}/roster`, { file, examId: 'ex_demo' });
  const report = dry.json<RosterReport>();
  expect(report).toMatchObject({ applied: false, counts: { add: 60, refused: 2 } });
  expect((await chief.get(`${at}/workers`)).json()).toMatchObject({ rows: [] });
  const done = await chief.send('POST', `${at}/roster`, { file, examId: 'ex_demo', apply: report.plan });
  expect(done.json()).toMatchObject({ applied: true, counts: { add: 60, refused: 2 } });
});

test('a list goes on from page to page, and finds by name and by number', async () => {
  const [first, names] = [
    (await chief.get(`${at}/workers?size=40`)).json<{ rows: { name: string }[]; next: string }>(),
    [] as string[],
  ];
  const second = (await chief.get(`${at}/workers?size=40&after=${first.next}`)).json<typeof first>();
  names.push(...[...first.rows, ...second.rows].map(({ name }) => name));
  expect([names.length, new Set(names).size, second.next]).toEqual([60, 60, null]);
  expect(names).toEqual(names.toSorted());
  const found = async (query: string) => (await chief.get(`${at}/workers?${query}`)).json<typeof first>().rows.length;
  expect(await found(`search=${encodeURIComponent('工人0')}`)).toBe(10);
  expect(await found(`search=${numberOf(7)}`)).toBe(1);
  expect([await found('photo=with'), await found('photo=without&size=500')]).toEqual([0, 60]);
  expect([await found('left=yes'), await found('examId=ex_other')]).toEqual([0, 0]);
});

test('a link lets somebody send their own photo, once, and only with their consent', async () => {
  const { rows } = (await chief.get(`${at}/workers?size=1`)).json<{ rows: { id: string; name: string }[] }>();
  const { id, name } = rows[0] as { id: string; name: string };
  const { secret } = (await chief.send('POST', `${at}/workers/${id}/photo-link`)).json<{ secret: string }>();
  const anyone = personAt(open.app);
  const read = await anyone.send('POST', '/v1/platform/photo-link/read', { secret });
  expect(read.json()).toMatchObject({ firm: '好企业', name });
  const send = (consents: boolean) =>
    anyone.send('POST', '/v1/platform/photo-link/photo', { secret, consents, photo: JPEG });
  expect((await send(false)).statusCode).toBe(400);
  expect((await send(true)).json()).toEqual({ taken: true, looked: false });
  expect((await send(true)).json()).toMatchObject({ reason: 'invitation-unknown' });
  const details = (await chief.get(`${at}/workers/${id}`)).json<{ photos: object[]; link: { consentedAt: string } }>();
  expect(details.photos).toHaveLength(1);
  expect(details.link.consentedAt).toMatch(/^20/);
  const leaving = { on: '2026-01-01', reason: '离职' };
  expect((await chief.send('POST', `${at}/workers/${id}/leaving`, leaving)).statusCode).toBe(200);
  expect((await chief.get(`${at}/workers/${id}`)).json()).toMatchObject({ photos: [], link: null });
});

test('somebody is put in, renamed, arranged for, and gets the right number', async () => {
  const wish = { name: '王五', number: numberOf(900), examId: 'ex_demo' };
  const { id } = (await chief.send('POST', `${at}/workers`, wish)).json<{ id: string }>();
  const one = `${at}/workers/${id}`;
  expect((await chief.send('PUT', one, { name: '王武', post: '电工' })).statusCode).toBe(200);
  expect((await chief.send('PUT', `${one}/arrangements`, { extraMinutes: 15 })).statusCode).toBe(200);
  const corrected = await chief.send('POST', `${one}/number`, { to: numberOf(901), reason: '录错', photos: [] });
  expect(corrected.statusCode).toBe(200);
  expect((await chief.get(one)).json()).toMatchObject({
    ...{ name: '王武', post: '电工', number: numberOf(901), arrangements: { extraMinutes: 15 }, results: [] },
  });
});

test('proctors are invited, terminals get a code, and what a firm lacks is counted', async () => {
  const put = await chief.send('POST', `${at}/proctors`, { name: '李监', role: 'chief' });
  expect(put.json()).toMatchObject({ invitation: { number: expect.any(String), code: expect.any(String) } });
  expect((await chief.send('POST', `${at}/stations/codes`, {})).json()).toMatchObject({
    code: expect.stringMatching(/-/),
  });
  expect((await chief.get(`${at}/stations`)).json()).toEqual({ stations: [] });
  const banks = (await chief.get(`${at}/banks`)).json<{ exams: { examId: string; versions: object[] }[] }>();
  expect(banks.exams.map(({ examId, versions }) => [examId, versions.length])).toEqual([['ex_demo', 1]]);
  expect((await chief.get(`${at}/counts`)).json()).toEqual({
    ...{ proctors: 1, ready: 0, exams: 1, workers: 60, photographed: 0, stations: 0, heard: 0, sat: 0 },
  });
});

test('a file of questions is looked at, and then taken over as an exam', async () => {
  const rows = ['题型,题干,A,B,答案', '判断题,地是平的,对,错,B', '判断题,水是湿的,对,错,A', '判断题,没有答案,对,错,'];
  const bytes = Buffer.from(rows.join('\n')).toString('base64');
  const wish = { file: '题库.csv', bytes, title: '小题库' };
  const looked = (await chief.send('POST', `${at}/banks`, wish)).json();
  expect(looked).toMatchObject({ examId: null, report: { rows: 3, rejectedInAll: 1, rejected: [{ row: 4 }] } });
  const { examId } = (await chief.send('POST', `${at}/banks`, { ...wish, apply: true })).json<{ examId: string }>();
  const { exams } = (await chief.get(`${at}/exams`)).json<{ exams: { id: string }[] }>();
  expect(exams.map(({ id }) => id)).toContain(examId);
});
