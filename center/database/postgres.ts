import pg from 'pg';
import type { Database, Queries } from './database.ts';
import { RUNNING_LOCK } from './migrate.ts';

/**
 * A PostgreSQL server.
 * @param onTrouble told when an idle connection breaks; the pool replaces it
 */
export function openPostgres(url: string, onTrouble: (error: Error) => void): Database {
  const running = sayRunning(url, onTrouble);
  const pool = new pg.Pool({ connectionString: url, max: 10, types: { getTypeParser } });
  pool.on('error', onTrouble);
  return {
    ...queriesOf(pool),
    transaction: (work) => transact(pool, work),
    run: running.start,
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await running.stop();
      await pool.end();
    },
  };
}

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

async function transact<T>(pool: pg.Pool, work: (tx: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(queriesOf(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not serve the next caller.
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const queriesOf = (on: pg.Pool | pg.PoolClient): Queries => ({
  query: async (sql, params = []) => (await on.query<Record<string, unknown>>(sql, [...params])).rows,
});

/** `bigint` as a number: what the center counts stays far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
