import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { maskIdNumber } from '../../contract/words/id-number.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Check, CheckStatus, Readiness } from '../../contract/words/readiness.ts';
import { sha256 } from '../../proof/index.ts';
import {
  addOtherTenant,
  enrolStation,
  formTokenIn,
  newCode,
  openTestCenter,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from './messages.ts';

/** What stations say of themselves, and what whoever opens the doors sees of it. */
let open: TestCenter;
let clock = Date.parse('2026-03-05T06:00:00.000Z');
let [north, south]: TestStation[] = [];
let otherToken: string;
let stranger: TestStation;

const MINUTE = 60_000;
const at = (ms = clock) => instant(new Date(ms));
const words = (text: string) => ({ zh: `有 ${text}`, en: text });
const check = (name: string, status: CheckStatus, changes: Partial<Check> = {}): Check => ({
  ...{ name, status, found: words(`${name} found`), expected: words(`${name} wanted`) },
  ...changes,
});
const said = (status: CheckStatus, ...checks: readonly Check[]): Readiness => ({ status, at: at(), checks });
const tell = (station: TestStation | undefined, readiness: unknown, saidAt = at()) =>
  (station as TestStation).call('POST', paths.readiness, readiness as object, { statement: { at: saidAt } });
const see = async (url = '/stations?lang=en', token = open.secrets.operatorToken) =>
  (await open.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).body;
/** The row of a station, without its tags. */
const rowOf = async (station: TestStation | undefined, url?: string): Promise<string> =>
  (await see(url))
    .split('<tr ')
    .filter((row) => row.includes(`data-station="${station?.stationId}"`))
    .map((row) => textOf(row.replace(/^[^>]*>/, '')))
    .join();
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(clock) });
  const { app, secrets } = open;
  north = await enrolStation(app, secrets.enrolmentCode, '北门 <b>');
  south = await enrolStation(app, await newCode(app, secrets.operatorToken), '南门');
  const other = await addOtherTenant(open);
  otherToken = other.token;
  stranger = await enrolStation(app, other.code, '别家');
});
afterAll(() => open.close());

describe('a station says how ready it is', () => {
  test('and what is not READY is listed, worst first, with what to do', async () => {
    const advice = { zh: '插上', en: 'Plug one in.' };
    const checks = [
      check('disk', 'READY'),
      check('camera', 'WARNING', { advice, reason: 'camera-missing' }),
      check('exams', 'NOT READY'),
      check('of-next-year', 'WARNING'),
    ];
    expect((await tell(north, said('NOT READY', ...checks))).statusCode).toBe(200);
    const row = await rowOf(north);
    expect(row).toMatch(
      /NOT READY.*NOT READY Exams : exams found expected: exams wanted.*WARNING Camera : camera found/,
    );
    expect(row).toContain('Plug one in. camera-missing');
    expect(row).toContain('of-next-year : of-next-year found');
    expect(row).not.toContain('disk found');
    expect(row).toContain('北门 &lt;b&gt;');
    expect(await rowOf(north, '/stations')).toContain('未就绪 考试安排 : 有 exams found 应为：有 exams wanted');
  });

  test('and only the newest counts', async () => {
    const before = at(clock - 1_000);
    expect((await tell(north, said('READY', check('camera', 'READY')))).statusCode).toBe(200);
    expect(await rowOf(north)).toContain('NOT READY');
    clock += MINUTE;
    await tell(north, said('READY', check('camera', 'READY')));
    await tell(north, said('NOT READY', check('camera', 'NOT READY')), before);
    expect(await rowOf(north)).toContain(MESSAGES.en.allReady);
  });

  test.each<[string, unknown, number]>([
    ['nothing', {}, 400],
    ['something else', { status: 'FINE', at: '2026-03-05T06:00:00.000Z', checks: [] }, 400],
    ['more than anybody checks', said('READY', ...Array.from({ length: 61 }, () => check('disk', 'READY'))), 400],
  ])('but not %s', async (_, body, status) => {
    expect((await tell(south, body)).statusCode).toBe(status);
  });

  test('in its own name only', async () => {
    const lie = { signer: (south as TestStation).signer };
    const reply = await (north as TestStation).call('POST', paths.readiness, said('READY'), lie);
    expect(reply.statusCode).toBe(401);
  });
});

describe('the page of stations', () => {
  test('lists one that never said anything, and one that is silent', async () => {
    expect(await rowOf(south)).toContain(MESSAGES.en.neverHeard);
    expect(await rowOf(north)).not.toContain('silent');
    clock += 3 * MINUTE;
    expect(await rowOf(north)).not.toContain('silent');
    clock += 2 * MINUTE;
    expect(await rowOf(north)).toContain(MESSAGES.en.silent(5));
    await tell(north, said('WARNING', check('reader', 'WARNING')));
    expect(await rowOf(north)).not.toContain('silent');
  });

  test('shows another firm nothing of this one', async () => {
    await tell(stranger, said('READY'));
    const theirs = await see('/stations', otherToken);
    expect(theirs).toContain('别家');
    expect(theirs).not.toContain('南门');
    expect(await see()).not.toContain('别家');
  });

  test('asks for the token, and is one step from the records', async () => {
    const reply = await open.app.inject('/stations');
    expect([reply.statusCode, reply.body.includes(MESSAGES.zh.tokenLabel)]).toEqual([401, true]);
    expect(await see('/?lang=en')).toContain('href="/stations?lang=en"');
    expect(await see()).toContain('href="/?lang=en"');
  });
});

describe('a photo that no face can be compared with', () => {
  const [photo, other] = ['a', 'b'].map((letter) => Buffer.from([0xff, 0xd8, 0xff, letter.charCodeAt(0)]));
  const number = `11010519491231004${checkCharacter('11010519491231004')}`;
  const put = (photos: readonly (Buffer | undefined)[]) =>
    open.app.inject({
      method: 'PUT',
      url: operatorPaths.candidates,
      headers: { authorization: `Bearer ${open.secrets.operatorToken}` },
      payload: {
        id: 'cd_blurred',
        name: '孙模糊',
        number,
        examId,
        photos: photos.map((one) => one?.toString('base64')),
      },
    });
  let examId: string;
  const report = (hash: string) => ({
    ...said('READY'),
    refusedPhotos: [{ candidateId: 'cd_blurred', photo: hash, reasons: ['face-blurred', 'of-next-year'] }],
  });

  test('is told to whoever can take another: whose, why, and what to do, until it is replaced', async () => {
    examId = (await open.center.db.query('SELECT id FROM exams LIMIT 1'))[0]?.id as string;
    expect((await put([photo])).statusCode).toBe(200);
    clock += MINUTE;
    expect((await tell(north, report(sha256(photo as Buffer)))).statusCode).toBe(200);
    clock += MINUTE;
    await tell(south, report(sha256(photo as Buffer)));
    const section = textOf((await see('/stations')).split('<section>')[1] ?? '');
    expect(section).toContain(MESSAGES.zh.badPhotosHint);
    expect(section).toContain(`孙模糊 ${maskIdNumber(number)} 照片模糊 未知原因 of-next-year 北门 &lt;b&gt; · 南门`);
    expect(section).not.toContain(number);
    expect((await put([other])).statusCode).toBe(200);
    expect(await see('/stations')).not.toContain(MESSAGES.zh.badPhotosHint);
  });

  test('of another firm is nothing that its own page tells', async () => {
    await put([photo]);
    expect(await see('/stations')).toContain('孙模糊');
    await tell(stranger, report(sha256(photo as Buffer)));
    expect(await see('/stations', otherToken)).not.toContain('孙模糊');
  });
});

test('a station is told to change its key by the form beside it, from this very page only, and the page says so', async () => {
  const id = south?.stationId ?? '';
  const cookie = await signIn(open.app, open.secrets.operatorToken);
  const form = formTokenIn((await open.app.inject({ url: '/stations?lang=en', headers: { cookie } })).body);
  const post = (site: string, said: string) =>
    open.app.inject({
      ...{ method: 'POST', url: '/stations/key?lang=en', payload: said },
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, 'sec-fetch-site': site },
    });
  expect((await post('cross-site', `station=${id}&form=${form}`)).statusCode).toBe(403);
  expect((await post('same-origin', `station=${id}&form=another`)).statusCode).toBe(403);
  expect((await post('same-origin', `station=st_none&form=${form}`)).json()).toMatchObject({
    reason: 'station-unknown',
  });
  expect(await rowOf(south)).not.toContain('Told to change its key');
  expect((await post('same-origin', `station=${id}&form=${form}`)).statusCode).toBe(303);
  expect(await rowOf(south)).toContain('Told to change its key');
  expect(await rowOf(north)).not.toContain('Told to change its key');
});

test('a station is revoked by the form beside it, from this very page only, and is listed no longer', async () => {
  const id = south?.stationId ?? '';
  expect(await see()).toContain(`name="station" value="${id}"`);
  const signedIn = async (token: string) => {
    const cookie = await signIn(open.app, token);
    const page = await open.app.inject({ url: '/stations?lang=en', headers: { cookie } });
    return { cookie, form: formTokenIn(page.body) };
  };
  const [own, other] = [await signedIn(open.secrets.operatorToken), await signedIn(otherToken)];
  const post = (site: string, said: string, { cookie, form } = own) =>
    open.app.inject({
      ...{ method: 'POST', url: '/stations/revoke?lang=en', payload: `${said}&form=${form}` },
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, 'sec-fetch-site': site },
    });
  const form = `station=${id}&cause=lost`;
  expect((await post('cross-site', form)).statusCode).toBe(403);
  expect((await post('same-origin', form, { ...own, form: 'another' })).statusCode).toBe(403);
  expect((await post('same-origin', form, { cookie: 'exam_center=wrong', form: '' })).statusCode).toBe(401);
  expect((await post('same-origin', form, other)).json()).toMatchObject({ reason: 'station-unknown' });
  expect((await post('same-origin', `station=${id}&cause=because`)).statusCode).toBe(400);
  expect(await rowOf(south)).not.toBe('');
  expect((await post('same-origin', form)).headers.location).toBe('/stations?lang=en');
  expect(await rowOf(south)).toBe('');
});
