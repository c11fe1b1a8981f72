import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { adaptPglite, type Database, migrate, pgliteParsers } from '../database/index.ts';
import { SCHEMA } from '../run/index.ts';

/** PostgreSQL in memory, for tests, without a table. */
export const openMemory = (): Promise<Database> => copyOf('', async () => undefined);

/** The same with all tables of this program, as a center finds them that was started before. */
export const openMigrated = (): Promise<Database> => copyOf(JSON.stringify(SCHEMA), (db) => migrate(db, SCHEMA));

/**
 * Making a database takes PGlite seconds, so the first is kept in the folder for temporary files, and every later one starts as a
 * copy of it.
 */
async function copyOf(what: string, make: (db: Database) => Promise<void>): Promise<Database> {
  const file = await templateOf(what);
  const template = await readFile(file).catch(() => undefined);
  const loaded = template ? { loadDataDir: new Blob([template]) } : {};
  const lite = await PGlite.create({ parsers: pgliteParsers, ...loaded });
  const db = adaptPglite(lite, async () => {});
  if (template) return db;
  await make(db);
  const dump = await lite.dumpDataDir('none');
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, dump.stream());
  await rename(draft, file);
  return db;
}

/** Another PGlite makes other files, and another schema other tables: the name holds a hash of both. */
async function templateOf(what: string): Promise<string> {
  const library = await readFile(new URL(import.meta.resolve('@electric-sql/pglite')));
  const version = createHash('sha256').update(library).update(what).digest('hex').slice(0, 16);
  return join(tmpdir(), `exam-center-pglite-${version}.tar`);
}
