import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateList } from '../../contract/people-center/candidates.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { PhotoLook } from '../base/index.ts';
import { addOtherTenant, openTestCenter, type TestCenter } from '../testing/index.ts';

const NUMBER = '110105198001010016';
const jpeg = (last: number): string => Buffer.from([0xff, 0xd8, 0xff, last]).toString('base64');
const [BAD, UNSEEN] = [200, 201];

let open: TestCenter;
let otherToken: string;
let looks = 0;
beforeAll(async () => {
  const look = async (bytes: Uint8Array): Promise<PhotoLook> => {
    looks += 1;
    if (bytes.at(-1) === BAD) return { kind: 'unusable', reasons: ['face-blurred'] };
    return { kind: bytes.at(-1) === UNSEEN ? 'unseen' : 'good' };
  };
  open = await openTestCenter({ photoGate: { look, close: async () => undefined } });
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const headers = (token = open.secrets.operatorToken) => ({ authorization: `Bearer ${token}` });
const send = async (file: string, last: number, more: object = {}, token?: string) => {
  const payload = { file, photo: jpeg(last), ...more };
  const asked = { method: 'POST', url: operatorPaths.rosterPhotos, payload, headers: headers(token) } as const;
  return (await open.app.inject(asked)).json<{ reason?: string; same?: boolean }>();
};
const photos = async () => {
  const reply = await open.app.inject({ url: operatorPaths.candidates, headers: headers() });
  return reply.json<CandidateList>().candidates.find(({ number }) => number === NUMBER)?.photos;
};

describe('a photo in a file that says whose it is', () => {
  test('is taken beside those that are there, once, by number alone or with the name', async () => {
    expect(await send(`${NUMBER}.jpg`, 1)).toEqual({ ok: true, id: 'cd_demo-1', same: false, notLookedAt: false });
    expect(await send(`一班/张示范-${NUMBER}-2.JPG`, 2)).toMatchObject({ ok: true, same: false });
    const before = looks;
    expect(await send(`${NUMBER}.jpg`, 1)).toMatchObject({ ok: true, same: true });
    expect(looks).toBe(before);
    expect(await photos()).toBe(2);
  });

  test('says where nobody could look', async () => {
    expect(await send(`${NUMBER}.jpg`, UNSEEN)).toMatchObject({ ok: true, notLookedAt: true });
  });

  test.each([
    ['of nobody', 'IMG_0001.jpg', 3, 'number-malformed'],
    ['whose number is mistyped', '110105198001010017.jpg', 3, 'number-checksum'],
    ['of somebody who is not here', '11010519491231002X.jpg', 3, 'not-on-roster'],
    ['with the name of another', `李四${NUMBER}.jpg`, 3, 'candidate-other'],
    ['that shows too little', `${NUMBER}.jpg`, BAD, 'photo-unusable'],
  ])('%s is refused', async (_, file, last, reason) => {
    const before = await photos();
    expect(await send(file, last)).toMatchObject({ reason });
    expect(await photos()).toBe(before);
  });

  test('is one of five at most, unless it takes the place of all', async () => {
    for (const last of [10, 11]) await send(`${NUMBER}.jpg`, last);
    expect(await photos()).toBe(5);
    expect(await send(`${NUMBER}.jpg`, 12)).toMatchObject({ reason: 'photos-many' });
    expect(await send(`${NUMBER}.jpg`, 12, { replace: true })).toMatchObject({ ok: true });
    expect(await photos()).toBe(1);
  });

  test('of one firm is nothing to another', async () => {
    expect(await send(`${NUMBER}.jpg`, 20, {}, otherToken)).toMatchObject({ reason: 'not-on-roster' });
    expect(await photos()).toBe(1);
  });
});
