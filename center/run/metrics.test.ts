import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import {
  batchOf,
  enrolStation,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;
let station: TestStation;
const TOKEN = 'a-token-for-numbers';

beforeAll(async () => {
  open = await openTestCenter({ metricsToken: TOKEN });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
});
afterAll(() => open.close());

const read = async (): Promise<string> =>
  (await open.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })).body;
/** The number behind a name with its labels; nothing where there is no such line. */
const numberAt = (text: string, name: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};

test('requests, batches, the log, the database and stations are numbers', async () => {
  const first = await batchOf(station, [recordOf(station), recordOf(station)]);
  await station.call('POST', paths.batches, first);
  await station.call('POST', paths.batches, await batchOf(station, [recordOf(station)], { number: 6, batch: first }));
  await open.app.inject('/nothing/of/that/name');
  const text = await read();
  const found = (name: string) => numberAt(text, name);
  expect(found('exam_center_batches_total{outcome="accepted"}')).toBe(1);
  expect(found('exam_center_batches_total{outcome="refused"}')).toBe(1);
  expect(found('exam_center_refusals_total{reason="chain-broken"}')).toBe(1);
  expect(found(`exam_center_http_requests_total{method="POST",route="${paths.batches}",status="200"}`)).toBe(1);
  expect(found(`exam_center_http_request_seconds_count{method="POST",route="${paths.batches}"}`)).toBe(2);
  expect(found('exam_center_http_requests_total{method="GET",route="none",status="404"}')).toBe(1);
  expect(found('exam_center_log_entries')).toBe(3);
  expect(found('exam_center_records_to_judge')).toBe(0);
  expect(found('exam_center_database_up')).toBe(1);
  expect(found('exam_center_stations{state="never"}')).toBe(1);
  expect(found('exam_center_jobs_total{job="judging",outcome="failed"}')).toBe(0);
  expect(found('exam_center_nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  expect(found('exam_center_pool_connections{state="waiting"}')).toBe(0);
});

test('no label holds an id, a name or what stands in a path', async () => {
  await open.app.inject(`/v1/photos/${'b'.repeat(64)}`);
  await station.call('GET', paths.photo('c'.repeat(64)));
  const text = await read();
  for (const said of [station.stationId, station.tenantId, 'b'.repeat(64), 'c'.repeat(64), '一号考站', TOKEN])
    expect(text).not.toContain(said);
});

test('a database that is out of reach is a number as well', async () => {
  const broken = await openTestCenter({ metricsToken: TOKEN });
  await broken.center.db.close();
  const reply = await broken.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } });
  expect([reply.statusCode, numberAt(reply.body, 'exam_center_database_up')]).toEqual([200, 0]);
  await broken.app.close();
});

describe('numbers are shown', () => {
  test('to whoever has the token, and to nobody else, of this machine neither', async () => {
    const ask = (authorization?: string) =>
      open.app.inject({ url: '/metrics', headers: authorization ? { authorization } : {} });
    expect((await ask(`Bearer ${TOKEN}`)).headers['content-type']).toContain('text/plain');
    for (const wrong of [undefined, 'Bearer another-token', `Bearer ${open.secrets.operatorToken}`, TOKEN])
      expect((await ask(wrong)).statusCode).toBe(401);
  });

  test('without a token to this machine alone', async () => {
    const plain = await openTestCenter();
    const ask = async (remoteAddress: string, headers = {}) =>
      (await plain.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
    expect(await ask('127.0.0.1')).toBe(200);
    expect(await ask('::1')).toBe(200);
    expect(await ask('10.0.0.5')).toBe(401);
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '10.0.0.5' })).toBe(401);
    await plain.close();
  });
});
