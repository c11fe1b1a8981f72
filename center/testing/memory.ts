import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { adaptPglite, type Database, pgliteParsers } from '../database/index.ts';

/**
 * PostgreSQL in memory, for tests. Making an empty one takes PGlite seconds, so the first is kept in the folder for
 * temporary files, and every later one starts as a copy of it.
 */
export async function openMemory(): Promise<Database> {
  const file = await templateFile();
  const template = await readFile(file).catch(() => undefined);
  if (template)
    return adaptPglite(
      await PGlite.create({ parsers: pgliteParsers, loadDataDir: new Blob([template]) }),
      async () => {},
    );
  const lite = await PGlite.create({ parsers: pgliteParsers });
  const dump = await lite.dumpDataDir('none');
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, dump.stream());
  await rename(draft, file);
  return adaptPglite(lite, async () => {});
}

/** Another PGlite makes other files: the name holds a hash of the library's own entry file. */
async function templateFile(): Promise<string> {
  const library = await readFile(new URL(import.meta.resolve('@electric-sql/pglite')));
  const version = createHash('sha256').update(library).digest('hex').slice(0, 16);
  return join(tmpdir(), `exam-center-pglite-${version}.tar`);
}
