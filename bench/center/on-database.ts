import { totalmem } from 'node:os';
import { startPostgres } from '../../center/testing/postgres-server.ts';

/** Where a center keeps what it is measured with: the address of a database, a server of its own, or nothing, which is PGlite. */
export type WhichDatabase = 'own' | string | undefined;

/** What PostgreSQL advises a server of its own to keep of its tables: a quarter of the memory. By itself it keeps 128 MB. */
const OF_MEMORY = 4;
const MEGABYTE = 1024 * 1024;

/** Does work on the database that was asked for; a server that was started for it ends with it. */
export async function onDatabase<T>(which: WhichDatabase, work: (url: string | undefined) => Promise<T>): Promise<T> {
  if (which !== 'own') return work(which);
  const server = await startPostgres({ shared_buffers: `${Math.round(totalmem() / OF_MEMORY / MEGABYTE)}MB` });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}
