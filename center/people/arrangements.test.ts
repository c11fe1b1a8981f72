import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateList } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { Arrangements } from '../../contract/words/arrangements.ts';
import { addOtherTenant, enrolStation, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';

const NUMBER = '110105198001010016';
const ALL = {
  extraMinutes: 10,
  print: 'large',
  readAloud: true,
  noGestures: true,
  noLight: true,
  language: 'en',
} as const;

let open: TestCenter;
let station: TestStation;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const put = (url: string, payload: object, token = open.secrets.operatorToken) =>
  open.app.inject({ method: 'PUT', url, payload, headers: { authorization: `Bearer ${token}` } });
const arrange = (arrangements: Arrangements | object, number = NUMBER, token?: string) =>
  put(operatorPaths.arrangements, { number, arrangements }, token);
const assigned = async () => (await station.assignment()).candidates.find(({ number }) => number === NUMBER);
const listed = async (token = open.secrets.operatorToken) => {
  const reply = await open.app.inject({ url: operatorPaths.candidates, headers: { authorization: `Bearer ${token}` } });
  return reply.json<CandidateList>().candidates;
};

describe('what an operator registers for a candidate', () => {
  test('reaches stations, time where it always was and the rest beside it, and is in the list', async () => {
    expect((await arrange(ALL)).json()).toEqual({ ok: true });
    const { extraMinutes, ...others } = ALL;
    expect(await assigned()).toMatchObject({ extraMinutes, arrangements: others });
    const [wang, ...rest] = (await listed()).toSorted((a, b) => a.number.localeCompare(b.number));
    expect(wang).toEqual({
      id: 'cd_demo-1',
      name: '张示范',
      number: NUMBER,
      examId: 'ex_demo',
      photos: 0,
      arrangements: ALL,
    });
    expect(rest.map(({ arrangements }) => arrangements)).toEqual(Array(4).fill(undefined));
  });

  test('takes the place of what was before, and nothing takes all back', async () => {
    await arrange(ALL);
    await arrange({ print: 'largest' });
    expect(await assigned()).toMatchObject({ arrangements: { print: 'largest' } });
    expect(await assigned()).not.toHaveProperty('extraMinutes');
    await arrange({ extraMinutes: 30 });
    expect(await assigned()).toMatchObject({ extraMinutes: 30 });
    expect(await assigned()).not.toHaveProperty('arrangements');
    await arrange({});
    expect(await assigned()).not.toHaveProperty('extraMinutes');
    expect(await assigned()).not.toHaveProperty('arrangements');
  });

  test('stays when the candidate is put in again, for another exam and with other time', async () => {
    await arrange(ALL);
    const again = { id: 'cd_x', name: '张示范', number: NUMBER, examId: 'ex_demo-mock' };
    expect((await put(operatorPaths.candidates, again)).json()).toEqual({ ok: true, id: 'cd_demo-1' });
    expect((await listed()).find(({ number }) => number === NUMBER)).toMatchObject({ arrangements: ALL });
    await put(operatorPaths.candidates, { ...again, examId: 'ex_demo', extraMinutes: 20 });
    expect((await listed()).find(({ number }) => number === NUMBER)?.arrangements).toEqual({
      ...ALL,
      extraMinutes: 20,
    });
  });

  test.each([
    ['whom no roster has', {}, '440524188001010022', 422, 'not-on-roster'],
    ['whose number is mistyped', {}, '110105198001010017', 422, 'number-checksum'],
    ['with what is not there', { print: 'huge' }, NUMBER, 400, 'bad-message'],
    ['with what nobody here knows', { pauses: 3 }, NUMBER, 400, 'bad-message'],
  ])('is refused for somebody %s', async (_, arrangements, number, status, reason) => {
    const reply = await arrange(arrangements, number);
    expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
  });

  test('of one firm is nothing to another', async () => {
    await arrange(ALL);
    // No number: what is refused is written down with its detail.
    expect((await arrange({}, NUMBER, otherToken)).json()).toEqual({ reason: 'not-on-roster' });
    expect(await listed(otherToken)).toEqual([]);
    expect(await assigned()).toMatchObject({ arrangements: { noGestures: true } });
  });
});
