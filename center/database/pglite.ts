import { PGlite, types } from '@electric-sql/pglite';
import type { Database, Queries } from './database.ts';
import { DURABLE_START, DurableFiles } from './durable-files.ts';
import { lockFolder } from './folder-lock.ts';
import { withScopes } from './scoped.ts';
import { DatabaseTrouble } from './trouble.ts';
import { wayNow } from './way.ts';

/**
 * PostgreSQL inside this process, kept in a folder.
 * @throws Error where another process has the folder open
 */
export async function openFolder(folder: string): Promise<Database> {
  const files = new DurableFiles(folder);
  const release = await lockFolder(folder);
  try {
    return adaptPglite(await PGlite.create({ fs: files, startParams: DURABLE_START, parsers: pgliteParsers }), release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** `bigint` as a number: what the center counts stays far below 2^53. */
export const pgliteParsers = { [types.INT8]: Number };

/** What is asked of a PGlite. */
type Lite = Pick<PGlite, 'query' | 'transaction' | 'closed' | 'close'>;

/** A PGlite, opened with {@link pgliteParsers}, as a {@link Database}. */
export function adaptPglite(lite: Lite, release: () => Promise<void>): Database {
  const transaction = <T>(limits: string | undefined, work: (tx: Queries) => Promise<T>): Promise<T> => {
    wayNow().signal?.throwIfAborted();
    return lite.transaction(async (tx) => {
      if (limits) await tx.exec(limits);
      return work(queriesOf(tx));
    });
  };
  return withScopes({
    query: (limits, sql, params) =>
      limits ? transaction(limits, (tx) => tx.query(sql, params)) : queriesOf(lite).query(sql, params),
    async transaction(limits, work) {
      return transaction(limits, work);
    },
    // It is part of this process; what keeps it busy is no reason to take it for gone.
    answers: async () => mustBeOpen(lite),
    async close() {
      await lite.close();
      await release();
    },
  });
}

function mustBeOpen({ closed }: Lite): void {
  if (closed) throw new DatabaseTrouble('database-away', new Error('it is closed'));
}

const queriesOf = (on: Pick<PGlite, 'query'>): Queries => ({
  async query(sql, params = []) {
    // There is one connection, and what it is at cannot be cancelled; but nothing more is begun that nobody waits for.
    wayNow().signal?.throwIfAborted();
    return (await on.query<Record<string, unknown>>(sql, [...params])).rows;
  },
});
