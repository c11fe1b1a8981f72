import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../tests/kit/eventually.ts';
import {
  openTestCenter,
  type Person,
  type PostgresServer,
  personAt,
  setUpAt,
  startPostgres,
  type TestCenter,
} from '../testing/index.ts';
import { type Database, onWay, openPostgres } from './index.ts';
import { behindMs, onlyReads } from './replicas.ts';

let primary: PostgresServer;
let replica: PostgresServer;
let db: Database;
const states: string[] = [];

beforeAll(async () => {
  primary = await startPostgres();
  replica = await primary.follow();
  db = openPostgres(
    primary.url,
    () => undefined,
    { urls: [replica.url], withinSeconds: 3 },
    (_, state) => states.push(state),
  );
});
afterAll(async () => {
  await db.close();
  await replica.stop();
  await primary.stop();
});

const PORT = 'SELECT inet_server_port() AS port';
const portOf = (url: string): number => Number(new URL(url).port);
/** Which server answers what may be some seconds old. */
const answering = (sql = PORT) => onWay({ lane: 'reports', mayLag: true }, () => db.query(sql));
const isUsed = () => eventually(async () => expect(db.replicas?.().used).toBe(1));

describe('a server that follows', () => {
  beforeEach(isUsed);

  test('is asked for what may be some seconds old, and for nothing else', async () => {
    expect(await answering()).toEqual([{ port: portOf(replica.url) }]);
    expect(await db.query(PORT)).toEqual([{ port: portOf(primary.url) }]);
    const within = await onWay({ lane: 'reports', mayLag: true }, () => db.transaction((tx) => tx.query(PORT)));
    expect(within).toEqual([{ port: portOf(primary.url) }]);
  });

  test('has what was written, within the time that is promised', async () => {
    await db.query('CREATE TABLE kept (one integer)');
    await db.query('INSERT INTO kept VALUES (1)');
    await eventually(async () => expect(await answering('SELECT one FROM kept')).toEqual([{ one: 1 }]));
  });

  test('is not asked to write: what it refuses the primary does', async () => {
    await db.query('CREATE SEQUENCE numbers');
    await db.query(`CREATE FUNCTION next_one() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('numbers') $$`);
    await eventually(async () => expect(await answering('SELECT next_one() > 0 AS one')).toEqual([{ one: true }]));
    expect(
      await answering('INSERT INTO numbers_not_there VALUES (1)').catch((error: Error) => error.message),
    ).toContain('does not exist');
  });

  test('is not asked where it is further behind than that', async () => {
    const [{ pid } = {}] = await db.query('SELECT pid FROM pg_stat_replication');
    expect(pid).toBeTypeOf('number');
    const other = openPostgres(replica.url, () => undefined);
    await other.query('SELECT pg_wal_replay_pause()');
    await db.query('CREATE TABLE later AS SELECT 1 AS one');
    // Until then it is near enough, and says that there is no such table.
    await eventually(async () => expect(db.replicas?.()).toMatchObject({ used: 0, behind: 1 }));
    expect(await answering('SELECT one FROM later')).toEqual([{ one: 1 }]);
    await other.query('SELECT pg_wal_replay_resume()');
    await isUsed();
    await other.close();
  });

  test('is busy and not away, and gives up what nobody waits for', async () => {
    states.length = 0;
    const asked = new AbortController();
    const way = { lane: 'reports', mayLag: true, signal: asked.signal } as const;
    const sleeping = Array.from({ length: 6 }, () => onWay(way, () => db.query('SELECT pg_sleep(20)')));
    const settled = Promise.allSettled(sleeping);
    const other = openPostgres(replica.url, () => undefined);
    const awake = async () =>
      (await other.query(`SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(20)' AND state = 'active'`))
        .length;
    await eventually(async () => expect(await awake()).toBe(6));
    // Longer than a look waits for its answer.
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect([db.replicas?.().used, states]).toEqual([1, []]);
    asked.abort();
    for (const one of await settled) expect(one.status).toBe('rejected');
    await eventually(async () => expect(await awake()).toBe(0));
    await other.close();
  });

  test('that takes too long is not asked again elsewhere', async () => {
    const other = openPostgres(replica.url, () => undefined);
    const sleeping = answering('SELECT pg_sleep(25)').catch((error: unknown) => error);
    const cancelled = () =>
      other.query(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(25)'`);
    await eventually(async () => expect(await cancelled()).toHaveLength(1));
    expect(await sleeping).toMatchObject({ reason: 'database-busy' });
    expect(db.replicas?.()).toMatchObject({ used: 1 });
    const there = await db.query(`SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(25)'`);
    expect(there).toEqual([]);
    await other.close();
  });

  test('goes away and comes back, and nobody is refused meanwhile', async () => {
    states.length = 0;
    await replica.halt();
    expect(await answering()).toEqual([{ port: portOf(primary.url) }]);
    expect(db.replicas?.()).toMatchObject({ used: 0, away: 1 });
    await replica.resume();
    await isUsed();
    expect(await answering()).toEqual([{ port: portOf(replica.url) }]);
    expect(states).toEqual(['away', 'used']);
  });
});

test('how far behind it is follows from where the primary was when', () => {
  const marks = [
    { at: 1_000, lsn: 10 },
    { at: 2_000, lsn: 20 },
    { at: 3_000, lsn: 30 },
  ];
  expect([35, 30, 25, 20, 10, 9].map((lsn) => behindMs(marks, lsn, 3_500))).toEqual([
    ...[500, 500, 1_500, 1_500, 2_500, undefined],
  ]);
  expect(behindMs([], 10, 3_500)).toBeUndefined();
});

test('what writes or locks is told from what reads', () => {
  for (const sql of ['SELECT 1', ' WITH a AS (SELECT 1) SELECT updated_at FROM a', 'select deleted from x'])
    expect([sql, onlyReads(sql)]).toEqual([sql, true]);
  for (const sql of [
    ...['INSERT INTO a VALUES (1)', 'WITH a AS (DELETE FROM b RETURNING 1) SELECT 1', 'SELECT 1 FROM a FOR UPDATE'],
    ...[
      'SELECT 1 FROM a FOR NO KEY UPDATE',
      'SELECT pg_advisory_xact_lock(1)',
      'SET ROLE a',
      'SELECT 1 FROM a FOR SHARE',
    ],
  ])
    expect([sql, onlyReads(sql)]).toEqual([sql, false]);
});

describe('a center with a replica', () => {
  let open: TestCenter;
  beforeAll(async () => {
    const database = openPostgres(primary.url, () => undefined, { urls: [replica.url], withinSeconds: 60 });
    await database.query(
      'DROP TABLE IF EXISTS kept, later; DROP FUNCTION IF EXISTS next_one; DROP SEQUENCE IF EXISTS numbers',
    );
    open = await openTestCenter({ database, seed: 'none' });
  });
  afterAll(() => open.close());

  test('reads there, and from the primary once its browser has changed something; it is ready without it', async () => {
    const chief = await setUpAt(open);
    const list = async (person: Person): Promise<string> => (await person.get('/v1/platform/accounts')).body;
    const isNear = () => eventually(async () => expect(open.center.db.replicas?.().used).toBe(1));
    await isNear();
    await eventually(async () => expect(await list(chief)).toContain('chief'));
    const follows = openPostgres(replica.url, () => undefined);
    await follows.query('SELECT pg_wal_replay_pause()');
    const roles = [{ role: 'auditor', organisationId: 'og_platform' }];
    const invited = await chief.send('POST', '/v1/platform/accounts', { login: 'second', name: '二', roles });
    const cookie = invited.cookies.find(({ name }) => name === 'exam_changed');
    expect([invited.statusCode, cookie]).toMatchObject([200, { httpOnly: true, sameSite: 'Strict', maxAge: 64 }]);
    const changed = personAt(open.app, `${chief.cookie}; exam_changed=1`, chief.id);
    expect([(await list(chief)).includes('second'), (await list(changed)).includes('second')]).toEqual([false, true]);
    await follows.query('SELECT pg_wal_replay_resume()');
    await eventually(async () => expect(await list(chief)).toContain('second'));
    await follows.close();
    await replica.halt();
    expect((await open.app.inject('/readyz')).statusCode).toBe(200);
    expect(await list(chief)).toContain('second');
    await eventually(async () =>
      expect((await open.app.inject('/metrics')).body).toContain('exam_center_replicas{state="away"} 1'),
    );
    await replica.resume();
  });
});
