import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createDatabase, type PostgresServer, startPostgres } from '../testing/index.ts';
import { type Database, onWay, openPostgres } from './index.ts';

const answer = (db: Database) => db.query('SELECT 1 AS one');
const PID = 'SELECT pg_backend_pid() AS pid';

async function open(): Promise<Database> {
  const db = openPostgres(await createDatabase(inject('databaseServer')), () => undefined);
  onTestFinished(db.close);
  return db;
}

const end = (db: Database, pid: unknown) => db.query('SELECT pg_terminate_backend($1)', [pid]);

/** Whether that connection is at work. */
const isAtWork = async (db: Database, pid: unknown): Promise<boolean> =>
  (await db.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [pid])).length > 0;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setTimeout(10);
}

describe('a connection that is ended', () => {
  it('within a transaction fails what it was used for, and nothing else', async () => {
    const db = await open();
    await db.query('CREATE TABLE kept (one integer)');
    const ended = db.transaction(async (tx) => {
      const [{ pid } = {}] = await tx.query(PID);
      await tx.query('INSERT INTO kept VALUES (1)');
      await end(db, pid);
      // Nobody asks anything of it meanwhile: its end is heard of nevertheless.
      await setTimeout(100);
      await tx.query('INSERT INTO kept VALUES (2)');
    });
    await expect(ended).rejects.toMatchObject({ reason: 'database-away', detail: undefined });
    expect(await db.query('SELECT one FROM kept')).toEqual([]);
  });

  it('in the middle of a statement fails that', async () => {
    const db = await open();
    const pid = Promise.withResolvers<unknown>();
    const ended = db.transaction(async (tx) => {
      pid.resolve((await tx.query(PID))[0]?.pid);
      await tx.query('SELECT pg_sleep(30)');
    });
    const refused = expect(ended).rejects.toMatchObject({ reason: 'database-away' });
    const its = await pid.promise;
    await until(() => isAtWork(db, its));
    await end(db, its);
    await refused;
    expect(await answer(db)).toHaveLength(1);
  });

  it('while nobody uses it is replaced', async () => {
    const db = await open();
    const [{ pid } = {}] = await db.query(PID);
    await onWay({ lane: 'upkeep' }, () => end(db, pid));
    await setTimeout(100);
    expect((await db.query(PID))[0]?.pid).not.toBe(pid);
  });
});

describe('a server that is started anew', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('is missed for as long as it is away', async () => {
    const db = openPostgres(server.url, () => undefined);
    onTestFinished(db.close);
    const begun = Promise.withResolvers<void>();
    const under = db.transaction(async (tx) => {
      await answer(db);
      begun.resolve();
      await tx.query('SELECT pg_sleep(30)');
    });
    const refused = expect(under).rejects.toMatchObject({ reason: 'database-away' });
    await begun.promise;
    await server.halt();
    await refused;
    await expect(answer(db)).rejects.toMatchObject({ reason: 'database-away' });
    await expect(db.transaction(async () => undefined)).rejects.toMatchObject({ reason: 'database-away' });
    await server.resume();
    expect(await answer(db)).toHaveLength(1);
    expect(await db.transaction(answer.bind(undefined, db))).toHaveLength(1);
  });
});

it('each lane has connections of its own, so that none waits for another', async () => {
  const db = await open();
  const hold = new AbortController();
  const way = { lane: 'reports', signal: hold.signal } as const;
  const held = Array.from({ length: 12 }, () =>
    onWay(way, () => db.query('SELECT pg_sleep(30)')).catch((error: Error) => error.name),
  );
  for (const lane of ['requests', 'batches', 'upkeep'] as const)
    expect(await onWay({ lane }, () => answer(db))).toHaveLength(1);
  hold.abort();
  expect(new Set(await Promise.all(held))).toEqual(new Set(['AbortError']));
});

describe('what nobody waits for', () => {
  it('is cancelled at the server, and its connection given up', async () => {
    const db = await open();
    const gone = new AbortController();
    const pid = Promise.withResolvers<unknown>();
    const work = onWay({ lane: 'reports', signal: gone.signal }, () =>
      db.transaction(async (tx) => {
        pid.resolve((await tx.query(PID))[0]?.pid);
        await tx.query('SELECT pg_sleep(30)');
      }),
    );
    const refused = expect(work).rejects.toMatchObject({ name: 'AbortError' });
    const its = await pid.promise;
    await until(() => isAtWork(db, its));
    gone.abort();
    await refused;
    await until(async () => !(await isAtWork(db, its)));
    expect((await onWay({ lane: 'reports' }, () => db.query(PID)))[0]?.pid).not.toBe(its);
  });

  it('is not begun', async () => {
    const db = await open();
    const asked = onWay({ lane: 'reports', signal: AbortSignal.abort() }, () => answer(db));
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('a statement, a lock and an idle transaction have an end, but for what nobody waits for', async () => {
  const db = await open();
  const shown = async (name: string) => (await db.query(`SHOW ${name}`))[0]?.[name];
  const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
  expect(await Promise.all(names.map(shown))).toEqual(['1min', '10s', '1min']);
  expect(await onWay({ lane: 'upkeep' }, () => Promise.all(names.map(shown)))).toEqual(['0', '0', '0']);
});

it('whoever waits in vain for somebody else is told that it is busy', async () => {
  const db = await open();
  await db.query('CREATE TABLE kept (one integer)');
  const busy = db.transaction(async (tx) => {
    await tx.query('LOCK TABLE kept');
    await db.transaction(async (other) => {
      await other.query("SET LOCAL lock_timeout = '50ms'");
      await other.query('LOCK TABLE kept');
    });
  });
  await expect(busy).rejects.toMatchObject({ reason: 'database-busy' });
});
