import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateList, Memberships } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  formTokenIn,
  openTestCenter,
  recordOf,
  signIn,
  signInAt,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

const WANG = { id: 'cd_demo-1', name: '张示范', number: '110105198001010016', examId: 'ex_demo' };
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 1]).toString('base64');
const TODAY = new Date().toISOString().slice(0, 10);

let open: TestCenter;
let station: TestStation;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const bearer = (token = open.secrets.operatorToken) => ({ authorization: `Bearer ${token}` });
const send = async (url: string, payload: object, token?: string) => {
  const reply = await open.app.inject({ method: 'POST', url, payload, headers: bearer(token) });
  return { status: reply.statusCode, ...reply.json<{ reason?: string; id?: string }>() };
};
const get = async <T>(url: string): Promise<T> => (await open.app.inject({ url, headers: bearer() })).json<T>();
const leave = (changes: object = {}, token?: string) =>
  send(operatorPaths.leavings, { number: WANG.number, on: TODAY, reason: '离职', ...changes }, token);
const put = (changes: object = {}) => send(operatorPaths.candidates, { ...WANG, ...changes });
const listed = async () => (await get<CandidateList>(operatorPaths.candidates)).candidates.map(({ id }) => id);
const assigned = async () => (await station.assignment()).candidates.find(({ id }) => id === WANG.id);
const ask = (state: string, sittingId: string) =>
  station.call('POST', paths.beginnings, { sittingId, candidateId: WANG.id, examId: 'ex_demo', state });

describe('whoever leaves', () => {
  test('is on no roster, has no photo and no seat, and is signed in nowhere; what they sat is theirs', async () => {
    await put({ photos: [PHOTO] });
    await send(operatorPaths.seats, { examId: 'ex_demo', rows: 3, columns: 3 });
    await station.call('POST', paths.batches, await batchOf(station, [recordOf(station)]));
    const { cookie } = await signInAt(open, WANG.number);
    const photos = (await assigned())?.photos ?? [];
    expect(await leave({ to: '别家企业' })).toMatchObject({ status: 200, id: WANG.id });
    expect(await listed()).not.toContain(WANG.id);
    expect(await assigned()).toBeUndefined();
    expect((await station.call('GET', paths.photo(photos[0] ?? ''))).statusCode).toBe(404);
    expect(await open.center.db.query('SELECT 1 FROM photos')).toEqual([]);
    const home = await open.app.inject({
      url: '/home/api/overview',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(home.statusCode).toBe(401);
    expect((await open.app.inject({ url: '/', headers: bearer() })).body).toContain(WANG.name);
    const lines = await open.center.db.query(`SELECT subject_id FROM audit_lines WHERE what = 'candidate-left'`);
    expect(lines.map(({ subject_id: id }) => id)).toEqual([WANG.id, 'ex_demo']);
  });

  test('begins nothing any more, and finishes what had begun', async () => {
    expect((await ask('asking', 'si_new')).json()).toMatchObject({ reason: 'not-on-roster' });
    expect((await ask('begun', 'si_begun')).statusCode).toBe(200);
    expect((await ask('over', 'si_begun')).statusCode).toBe(200);
  });

  test('is there again when somebody puts them in again: as who they were, with attempts and without photos', async () => {
    expect(await put({ id: 'cd_back' })).toMatchObject({ status: 200, id: WANG.id });
    expect(await assigned()).toMatchObject({ photos: [], attemptsUsed: 2 });
    const { memberships } = await get<Memberships>(operatorPaths.memberships);
    expect(memberships.filter(({ id }) => id === WANG.id)).toEqual([
      expect.objectContaining({ left: { on: TODAY, why: '离职', to: '别家企业' } }),
      expect.objectContaining({ joined: { on: TODAY, why: '' } }),
    ]);
  });

  test('keeps their number from others, who would get what they sat', async () => {
    await leave();
    expect(await put({ id: 'cd_x', name: '李四' })).toMatchObject({ status: 422, reason: 'candidate-other' });
    expect(await put()).toMatchObject({ status: 200 });
  });

  test.each([
    ['of nobody here', { number: '11010519491231002X' }, 422, 'not-on-roster'],
    ['on a day to come', { on: '2999-01-01' }, 400, 'bad-message'],
    ['without a reason', { reason: '' }, 400, 'bad-message'],
  ])('is not taken off %s', async (_, wish, status, reason) => {
    expect(await leave(wish)).toMatchObject({ status, reason });
    expect(await listed()).toContain(WANG.id);
  });

  test('is for their own firm to say', async () => {
    expect(await leave({}, otherToken)).toMatchObject({ reason: 'not-on-roster' });
    expect(await listed()).toContain(WANG.id);
  });
});

test('the page takes somebody off with its own form alone', async () => {
  const cookie = await signIn(open.app, open.secrets.operatorToken);
  const page = await open.app.inject({ url: '/roster', headers: { cookie } });
  expect(page.body).toContain(WANG.name);
  const form = { number: WANG.number, on: TODAY, reason: '离职', to: '' };
  const send = (fields: Record<string, string>) =>
    open.app.inject({
      ...{ method: 'POST', url: '/roster/leave', payload: new URLSearchParams(fields).toString() },
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    });
  expect((await send(form)).statusCode).toBe(403);
  expect(await listed()).toContain(WANG.id);
  expect((await send({ ...form, form: formTokenIn(page.body) })).statusCode).toBe(303);
  expect(await listed()).not.toContain(WANG.id);
});
