import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { logPaths } from '../../contract/log/log-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { sha256 } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import {
  batchOf,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openEmpty,
  openTestCenter,
  recordOf,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { type OpenCenter, openCenter } from './service.ts';

/** Two programs behind one address, over one database and one folder: whoever asks may come to either. */
let one: TestCenter;
let other: OpenCenter;
let station: TestStation;

beforeAll(async () => {
  one = await openTestCenter();
  const { db, data } = one.center;
  other = await openCenter({ data, database: { ...db, close: async () => undefined } });
  station = await enrolStation(one.app, one.secrets.enrolmentCode);
});
afterAll(async () => {
  await other.close();
  await one.close();
});

/** As this station, at the other one. */
async function atOther(method: 'GET' | 'POST', path: string, body?: object) {
  const inject = one.app.inject;
  one.app.inject = other.app.inject.bind(other.app) as typeof inject;
  return station.call(method, path, body).finally(() => {
    one.app.inject = inject;
  });
}

test('a station that enrolled at one hands in at the other, and each batch is logged once', async () => {
  const first = await batchOf(station, [recordOf(station)]);
  const receipt = (await atOther('POST', paths.batches, first)).body;
  expect((await station.call('POST', paths.batches, first)).body).toBe(receipt);
  const second = await batchOf(station, [recordOf(station), recordOf(station)], { number: 1, batch: first });
  const [here, there] = await Promise.all([
    station.call('POST', paths.batches, second),
    atOther('POST', paths.batches, second),
  ]);
  expect([here.statusCode, there.statusCode, here.body]).toEqual([200, 200, there.body]);
  const { db } = one.center;
  expect(await db.query('SELECT log_size, (SELECT count(*) FROM records) AS records FROM center')).toEqual([
    { log_size: 4, records: 3 },
  ]);
  expect(await db.query('SELECT count(*) AS count FROM records WHERE NOT judged')).toEqual([{ count: 0 }]);
  const [a, b] = await Promise.all([one, other].map(async ({ app }) => (await app.inject(logPaths.checkpoint)).body));
  expect(a).toBe(b);
});

test('batches that come to both at once follow one another in one log', async () => {
  const stations = await Promise.all(
    [one, other].map(async ({ app }) => {
      const code = await newCode(one.app, one.secrets.operatorToken);
      return { app, station: await enrolStation(app, code) };
    }),
  );
  const sent = await Promise.all(
    stations.map(async ({ station: each }) => each.call('POST', paths.batches, await batchOf(each, [recordOf(each)]))),
  );
  expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  const places = sent.map((reply) => reply.json().inclusions[0].index);
  expect(new Set(places).size).toBe(2);
});

test('whoever signed in at one is signed in at the other, and signed out of both', async () => {
  const cookie = await signIn(one.app, one.secrets.operatorToken);
  const page = await other.app.inject({ url: '/stations', headers: { cookie } });
  expect(page.statusCode).toBe(200);
  const form = page.body.match(/name="form" value="(\w+)"/)?.[1];
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  await other.app.inject({ method: 'POST', url: '/sign-out', headers, payload: `form=${form}` });
  expect((await one.app.inject({ url: '/stations', headers: { cookie } })).statusCode).toBe(401);
});

test('wrong tries at one are waited for at the other', async () => {
  const wrong = (app: OpenCenter['app'], n: number) => enrolWith(app, sha256(`${n}`).slice(0, 16), newSigner());
  const said: number[] = [];
  for (let n = 0; n < 30; n++) said.push((await wrong(n % 2 ? one.app : other.app, n)).statusCode);
  expect(said.filter((status) => status === 404).length).toBeLessThanOrEqual(20);
  expect(said.slice(-2)).toEqual([429, 429]);
});

test('of two that start for the first time, over one database and two folders, one signs', async () => {
  const db = await openEmpty();
  onTestFinished(() => db.close());
  const folders = [temporaryFolder(), temporaryFolder()];
  const database = { ...db, close: async () => undefined };
  const started = await Promise.allSettled(folders.map((data) => openCenter({ data, database, seed: 'none' })));
  const well = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const ill = started.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
  onTestFinished(async () => {
    for (const each of well) await each.close();
  });
  expect([well.length, ill.length]).toEqual([1, 1]);
  expect(ill[0]).toMatch(/another center was first|is missing/);
});

test('of two that start for the first time over one folder one fills the database', async () => {
  const db = await openEmpty();
  onTestFinished(() => db.close());
  const data = temporaryFolder();
  const database = { ...db, close: async () => undefined };
  const first = await openCenter({ data, database });
  const second = await openCenter({ data, database });
  expect(await db.query('SELECT count(*) AS count FROM tenants')).toEqual([{ count: 1 }]);
  const token = JSON.parse(await readFile(first.firstRun, 'utf8')).operatorToken;
  expect(await signIn(second.app, token)).not.toBe('');
  await second.close();
  await first.close();
});
