import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateList, ListedCandidate } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { addOtherTenant, enrolStation, openTestCenter, type TestCenter, type TestStation } from '../testing/index.ts';

const WANG = { id: 'cd_demo-1', name: '张示范', number: '110105198001010016', examId: 'ex_demo' };
const NEW = { id: 'cd_new', name: '李新来', number: '440524188001010014', examId: 'ex_demo' };
const FREE = '11010519491231002X';

let open: TestCenter;
let station: TestStation;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const send = async (url: string, payload: object, token = open.secrets.operatorToken) => {
  const reply = await open.app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}` } });
  return { status: reply.statusCode, ...reply.json<{ reason?: string; id?: string; detail?: string }>() };
};
const put = (payload: object) => send(operatorPaths.candidates, payload);
const listed = async (): Promise<readonly ListedCandidate[]> => {
  const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
  return (await open.app.inject({ url: operatorPaths.candidates, headers })).json<CandidateList>().candidates;
};
const photo = (last: number): string => Buffer.from([0xff, 0xd8, 0xff, last]).toString('base64');

describe('who is put on the roster', () => {
  test('by another id, under the same number and name, is who was there before, and the reply says so', async () => {
    expect(await put({ ...WANG, id: 'cd_again' })).toMatchObject({ status: 200, id: WANG.id });
    expect(await put({ ...WANG, id: 'cd_again', name: ' 张 示范' })).toMatchObject({ status: 200, id: WANG.id });
    await put(WANG);
    expect((await listed()).filter(({ number }) => number === WANG.number)).toHaveLength(1);
  });

  test.each([
    ['an id that has another number', { ...NEW, id: WANG.id }],
    ['an id that has another number, under the same name', { ...NEW, id: WANG.id, name: WANG.name }],
    ['a number that has another id, by another name', { ...WANG, id: NEW.id, name: NEW.name }],
    ['the id of one and the number of another', { ...WANG, id: 'cd_demo-2' }],
    ['an id made of the number, by another name', { ...WANG, name: NEW.name, idFromNumber: true }],
  ])('with %s becomes nobody else', async (_, wrong) => {
    const before = await listed();
    const said = await put(wrong);
    expect(said).toMatchObject({ status: 422, reason: 'candidate-other' });
    expect(JSON.stringify(said)).not.toMatch(/\d{17}/);
    expect(await listed()).toEqual(before);
  });

  test('under id and number that belong together may be called otherwise by now', async () => {
    expect(await put({ ...WANG, name: '张改名' })).toMatchObject({ status: 200, id: WANG.id });
    expect(await put(WANG)).toMatchObject({ status: 200 });
  });
});

describe('a number that was wrong', () => {
  const correct = (wish: object, token?: string) =>
    send(
      operatorPaths.candidateNumber,
      { number: NEW.number, to: FREE, reason: '录入错误', photos: 'same', ...wish },
      token,
    );

  test('is corrected with a reason: id, photos and what was sat stay', async () => {
    await put({ ...NEW, photos: [photo(1)] });
    expect(await correct({})).toMatchObject({ status: 200, id: NEW.id });
    const { candidates } = await station.assignment();
    expect(candidates.find(({ id }) => id === NEW.id)).toMatchObject({ number: FREE, photos: [expect.any(String)] });
    const lines = await open.center.db.query(
      `SELECT subject_id FROM audit_lines WHERE what = 'candidate-number-corrected'`,
    );
    expect(lines).toEqual([{ subject_id: NEW.id }]);
    const kept = await open.center.db.query('SELECT candidate_id, number, reason FROM candidate_numbers');
    expect(kept).toEqual([{ candidate_id: NEW.id, number: NEW.number, reason: '录入错误' }]);
    // The number that was wrong may be of somebody else.
    const real = await put({ ...NEW, name: '真本人', idFromNumber: true });
    expect(real).toMatchObject({ status: 200, id: expect.stringMatching(/^cd_/) });
    expect(real.id).not.toBe(NEW.id);
  });

  test('comes with other photos where those that were there are of somebody else', async () => {
    await correct({ number: FREE, to: '110105198001010032', photos: [photo(2), photo(3)] });
    expect((await listed()).find(({ id }) => id === NEW.id)).toMatchObject({ photos: 2 });
    await correct({ number: '110105198001010032', to: FREE });
  });

  test.each([
    ['to one that somebody has', { number: FREE, to: WANG.number }, 422, 'candidate-other'],
    ['to one that is none', { number: FREE, to: '110105198001010017' }, 422, 'number-checksum'],
    ['of nobody', { number: '110105198001010091' }, 422, 'not-on-roster'],
    ['without a reason', { number: FREE, reason: ' ' }, 400, 'bad-message'],
    ['without a word on photos', { number: FREE, photos: undefined }, 400, 'bad-message'],
  ])('is not corrected %s', async (_, wish, status, reason) => {
    const before = await listed();
    expect(await correct(wish)).toMatchObject({ status, reason });
    expect(await listed()).toEqual(before);
  });

  test('is nothing to another firm', async () => {
    expect(await correct({ number: FREE, to: '110105198001010032' }, otherToken)).toMatchObject({
      reason: 'not-on-roster',
    });
  });
});
