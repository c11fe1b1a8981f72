import { afterAll, beforeAll, expect, it } from 'vitest';
import { healthFor, paths } from '../../contract/station-center/center-api.ts';
import { openCenterLine, whoAnswersOn } from '../../proof/center-line/index.ts';
import { openPostgres } from '../database/index.ts';
import {
  batchOf,
  enrolStation,
  openTestCenter,
  type PostgresServer,
  recordOf,
  startPostgres,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** A center whose PostgreSQL server goes away and comes back. */
let server: PostgresServer;
let open: TestCenter;
let station: TestStation;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
  open = await openTestCenter({ database: openPostgres(server.url, () => undefined) });
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  url = await open.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await open.close();
  await server.stop();
});

const said = async (path: string) => {
  const reply = await open.app.inject(path);
  return [reply.statusCode, reply.json()];
};
const ready = { ok: true, database: true, schema: true, signingKey: true };
const whoIsThere = () => {
  const line = openCenterLine(url);
  return whoAnswersOn(line.ask).then(
    ({ key }) => key,
    (error) => error.reason,
  );
};

it('says that it can do nothing for as long as its database is away, and goes on afterwards', async () => {
  const challenge = healthFor(`${'c'.repeat(42)}A`);
  expect(await said('/readyz')).toEqual([200, ready]);
  expect(await said(paths.health)).toMatchObject([200, { ok: true }]);
  expect(await whoIsThere()).toBe(open.secrets.centerKey);
  const batch = await batchOf(station, [recordOf(station)]);

  await server.halt();
  await expect.poll(() => said(paths.health)).toEqual([503, { reason: 'database-away' }]);
  expect(await said(challenge)).toEqual([503, { reason: 'database-away' }]);
  expect(await said('/readyz')).toEqual([503, { ...ready, ok: false, database: false, schema: false }]);
  expect(await said('/healthz')).toEqual([200, { ok: true }]);
  expect(await whoIsThere()).toBe('center-down');
  for (const asked of [
    station.call('GET', paths.assignment),
    station.call('GET', paths.mail),
    station.call('POST', paths.batches, batch),
  ]) {
    const reply = await asked;
    expect([reply.statusCode, reply.json()]).toEqual([503, { reason: 'database-away' }]);
  }

  await server.resume();
  await expect.poll(() => said(paths.health)).toMatchObject([200, { ok: true }]);
  expect(await said('/readyz')).toEqual([200, ready]);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
});

it('is not ready with a database that another program has changed', async () => {
  await open.center.db.query('INSERT INTO schema_version (number) VALUES (9999)');
  expect(await said('/readyz')).toEqual([503, { ...ready, ok: false, schema: false }]);
});
