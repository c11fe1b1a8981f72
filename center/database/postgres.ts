import pg from 'pg';
import type { Database, Queries } from './database.ts';

/**
 * A PostgreSQL server.
 * @param onTrouble told when an idle connection breaks; the pool replaces it
 */
export function openPostgres(url: string, onTrouble: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString: url, max: 10, types: { getTypeParser } });
  pool.on('error', onTrouble);
  return {
    ...queriesOf(pool),
    transaction: (work) => transact(pool, work),
    close: () => pool.end(),
  };
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
