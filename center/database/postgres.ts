import pg from 'pg';
import type { Database, PoolUse, Queries, ReplicaState } from './database.ts';
import { RUNNING_LOCK } from './migrate.ts';
import { isOfReplica, openReplicas, type ReplicaWish } from './replicas.ts';
import { withScopes } from './scoped.ts';
import { DatabaseTrouble, troubleOf } from './trouble.ts';
import { type Lane, type Way, wayNow } from './way.ts';

/** Connections of each lane. A server takes a hundred where nobody says otherwise: several centers fit. */
const CONNECTIONS: Readonly<Record<Lane, number>> = { requests: 6, batches: 4, reports: 4, upkeep: 2 };

/**
 * How long is waited: for a connection, for somebody else's lock, for one statement. A station waits 15 seconds for an answer; it
 * asks again, and by then nobody should still work on what it asked before.
 */
const WAITING = {
  connectionTimeoutMillis: 10_000,
  lock_timeout: 10_000,
  statement_timeout: 60_000,
  // A server that says nothing at all, because its machine or the way to it is gone.
  query_timeout: 70_000,
  idle_in_transaction_session_timeout: 60_000,
};
/** What nobody waits for may take its time: a schema that is brought up to date, say. */
const PATIENT = { connectionTimeoutMillis: WAITING.connectionTimeoutMillis };

type Pools = Readonly<Record<Lane, pg.Pool>>;

/**
 * A PostgreSQL server.
 * @param onTrouble told when a connection breaks; the pool replaces it
 * @param wish servers that follow it, and are asked for what may be some seconds old
 * @param onReplica told what becomes of them
 */
export function openPostgres(
  url: string,
  onTrouble: (error: Error) => void,
  wish: ReplicaWish = { urls: [], withinSeconds: 0 },
  onReplica: (name: string, state: ReplicaState) => void = () => undefined,
): Database {
  const running = sayRunning(url, onTrouble);
  const poolOf = (lane: Lane): pg.Pool => {
    const pool = new pg.Pool({
      ...{ ...SETTINGS, connectionString: url, max: CONNECTIONS[lane] },
      ...(lane === 'upkeep' ? PATIENT : WAITING),
    });
    // In whoever's hands it is: a connection whose end nobody hears of ends this process.
    pool.on('connect', (client) => client.on('error', onTrouble));
    pool.on('error', () => undefined);
    return pool;
  };
  const pools: Pools = {
    ...{ requests: poolOf('requests'), batches: poolOf('batches') },
    ...{ reports: poolOf('reports'), upkeep: poolOf('upkeep') },
  };
  const cancel = cancelBy(pools.upkeep);
  const replicas = wish.urls.length > 0 ? openReplicas(wish, url, { ...SETTINGS, ...WAITING }, onReplica) : undefined;
  const queryOn =
    (pool: pg.Pool, by: Cancel) =>
    (limits: string | undefined, ...asked: Asked): ReturnType<Queries['query']> =>
      use(pool, by, (held) => (limits ? transact(held, limits, (tx) => tx.query(...asked)) : ask(held, ...asked)));
  const query = async (limits: string | undefined, ...asked: Asked): ReturnType<Queries['query']> => {
    const replica = replicas?.replicaFor(asked[0]);
    if (replica)
      try {
        return await queryOn(replica.pool, cancelBy(replica.aside))(limits, ...asked);
      } catch (error) {
        wayNow().signal?.throwIfAborted();
        if (!isOfReplica(error)) throw error;
        replicas?.failedAt(replica, error);
      }
    return queryOn(pools[wayNow().lane], cancel)(limits, ...asked);
  };
  return withScopes({
    query,
    transaction: (limits, work) => use(pools[wayNow().lane], cancel, (held) => transact(held, limits, work)),
    answers: openProbe(pools.upkeep),
    run: running.start,
    pool: () => useOf(Object.values(pools)),
    ...(replicas ? { replicas: replicas.use } : {}),
    async close() {
      await running.stop();
      await replicas?.close();
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  });
}

type Asked = Parameters<Queries['query']>;

const cancelBy =
  (pool: pg.Pool): Cancel =>
  (client) => {
    const { processID } = client as { readonly processID?: number };
    // Where it cannot be said, the statement ends at its time.
    pool.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => undefined);
  };

/** Of all lanes together. */
const useOf = (pools: readonly pg.Pool[]): PoolUse => ({
  total: sum(pools, 'totalCount'),
  idle: sum(pools, 'idleCount'),
  waiting: sum(pools, 'waitingCount'),
});
const sum = (pools: readonly pg.Pool[], what: 'totalCount' | 'idleCount' | 'waitingCount'): number =>
  pools.reduce((all, pool) => all + pool[what], 0);

const AGAIN_MS = 1_000;

/** A connection of its own that holds a lock as long as it lives; where it breaks, another one takes its place. */
function sayRunning(url: string, onTrouble: (error: Error) => void) {
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  const start = async (): Promise<void> => {
    const mine = new pg.Client({ connectionString: url });
    client = mine;
    mine.on('error', onTrouble);
    await mine.connect();
    await mine.query('SELECT pg_advisory_lock_shared($1)', [RUNNING_LOCK]);
    mine.once('end', retry);
  };
  const retry = (): void => {
    if (stopped) return;
    again = setTimeout(() => start().catch(failed), AGAIN_MS).unref();
  };
  const failed = (error: Error): void => {
    onTrouble(error);
    retry();
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    clearTimeout(again);
    await client?.end();
  };
  return { start, stop };
}

/** Anybody may ask whether it answers: it is asked once a second at most. */
const PROBE = { withinMs: 2_000, holdsMs: 1_000 };

function openProbe(pool: pg.Pool): () => Promise<void> {
  let newest: { readonly at: number; readonly answer: Promise<void> } | undefined;
  return () => {
    if (newest && performance.now() - newest.at < PROBE.holdsMs) return newest.answer;
    newest = { at: performance.now(), answer: probe(pool) };
    return newest.answer;
  };
}

async function probe(pool: pg.Pool): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer')), PROBE.withinMs);
  try {
    await Promise.race([pool.query('SELECT 1'), late.promise]);
  } catch (error) {
    throw new DatabaseTrouble('database-away', error);
  } finally {
    clearTimeout(timer);
  }
}

type Cancel = (client: pg.PoolClient) => void;
/** A connection in somebody's hands. One that is broken serves nobody after them. */
type Held = { readonly client: pg.PoolClient; readonly way: Way; readonly cancel: Cancel; broken: boolean };

async function use<T>(pool: pg.Pool, cancel: Cancel, work: (held: Held) => Promise<T>): Promise<T> {
  const way = wayNow();
  way.signal?.throwIfAborted();
  const held: Held = { client: await connect(pool), way, cancel, broken: false };
  try {
    return await work(held);
  } finally {
    // The word that cancels may still be on its way to it.
    held.client.release(held.broken || way.signal?.aborted);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    // All are in use, or none can be had.
    const isFull = pool.idleCount === 0 && pool.totalCount >= (pool.options.max ?? 0);
    throw new DatabaseTrouble(isFull ? 'database-busy' : 'database-away', error);
  }
}

async function ask(held: Held, sql: string, params: readonly unknown[] = []): ReturnType<Queries['query']> {
  const { client, way, cancel } = held;
  way.signal?.throwIfAborted();
  const stop = (): void => cancel(client);
  way.signal?.addEventListener('abort', stop, { once: true });
  try {
    return (await client.query<Record<string, unknown>>(sql, [...params])).rows;
  } catch (error) {
    way.signal?.throwIfAborted();
    const trouble = troubleOf(error);
    held.broken ||= trouble instanceof DatabaseTrouble;
    throw trouble;
  } finally {
    way.signal?.removeEventListener('abort', stop);
  }
}

async function transact<T>(held: Held, limits: string | undefined, work: (tx: Queries) => Promise<T>): Promise<T> {
  const tx: Queries = { query: (sql, params) => ask(held, sql, params) };
  // Together: it costs no way to the server and back of its own.
  await tx.query(limits ? `BEGIN; ${limits}` : 'BEGIN');
  try {
    const result = await work(tx);
    await tx.query('COMMIT');
    return result;
  } catch (error) {
    // What is broken is rolled back by its end.
    if (!held.broken)
      await held.client.query('ROLLBACK').catch(() => {
        held.broken = true;
      });
    throw error;
  }
}

/** `bigint` as a number: what the center counts stays far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');

const SETTINGS = { types: { getTypeParser }, keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
