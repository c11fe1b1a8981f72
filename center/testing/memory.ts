import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { adaptPglite, type Database, migrate, pgliteParsers } from '../database/index.ts';
import { SCHEMA } from '../run/index.ts';
import { type PutBack, rememberDatabase } from './as-it-was.ts';

/** PostgreSQL in memory, for tests, without a table. */
export async function openMemory(): Promise<Database> {
  return adaptPglite(await copyOf('', async () => undefined), async () => undefined);
}

/**
 * The same with all tables of this program, as a center finds them that was started before. One that was closed is put back as it
 * was, and lent again: that takes a thirtieth of making one.
 */
export async function openMigrated(): Promise<Database> {
  const lent = free.pop() ?? (await newToLend());
  return adaptPglite(lendOut(lent), async () => undefined);
}

type Lent = { readonly lite: PGlite; readonly putBack: PutBack };

/** Those that nobody has now. */
const free: Lent[] = [];

async function newToLend(): Promise<Lent> {
  const lite = await copyOf(`walled ${JSON.stringify(SCHEMA)}`, async (db) => {
    await migrate(db, SCHEMA);
    await db.raiseWalls?.();
  });
  return { lite, putBack: await rememberDatabase(lite) };
}

/** For whoever has it, it is closed once they close it, as one of their own would be. */
function lendOut({ lite, putBack }: Lent): Parameters<typeof adaptPglite>[0] {
  let closed = false;
  const open = (): PGlite => {
    if (closed) throw new Error('PGlite is closed');
    return lite;
  };
  return {
    get closed() {
      return closed;
    },
    query: async (...asked) => open().query(...asked),
    transaction: async (work) => open().transaction(work),
    async close() {
      open();
      closed = true;
      if (await putBack()) free.push({ lite, putBack });
      else await lite.close();
    },
  };
}

/**
 * The log of what was written is not read again: it need not grow with each test. And how a start goes on is told to nobody: the timer
 * for that would keep a program from ending that has a database at hand.
 */
const SETTINGS = ['max_wal_size=32MB', 'min_wal_size=32MB', 'log_startup_progress_interval=0'];
const START = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])];

/**
 * Making a database takes PGlite seconds, so the first is kept in the folder for temporary files, and every later one starts as a
 * copy of it.
 */
async function copyOf(what: string, make: (db: Database) => Promise<void>): Promise<PGlite> {
  const file = await templateOf(what);
  const template = await readFile(file).catch(() => undefined);
  const loaded = template ? { loadDataDir: new Blob([template]) } : {};
  const lite = await PGlite.create({ parsers: pgliteParsers, startParams: START, ...loaded });
  if (template) return lite;
  await make(adaptPglite(lite, async () => undefined));
  const dump = await lite.dumpDataDir('none');
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, dump.stream());
  await rename(draft, file);
  return lite;
}

/** Another PGlite makes other files, and another schema other tables: the name holds a hash of both. */
async function templateOf(what: string): Promise<string> {
  const library = await readFile(new URL(import.meta.resolve('@electric-sql/pglite')));
  const version = createHash('sha256').update(library).update(what).digest('hex').slice(0, 16);
  return join(tmpdir(), `exam-center-pglite-${version}.tar`);
}
