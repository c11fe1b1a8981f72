import { createHmac, randomBytes } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeId, writeSecretFile } from '../base/index.ts';

const SIZE = 32;
const keys = new Map<string, Promise<Buffer>>();

/**
 * What stands for the ID number of somebody who is on no roster. Under a key in the data folder (mode 0600): without it, all numbers
 * that there are would soon be tried on a hash.
 */
export async function numberHash(data: string): Promise<(number: string) => string> {
  const known = keys.get(data) ?? readOrMake(fileIn(data));
  keys.set(data, known);
  known.catch(() => keys.delete(data));
  return hashUnder(await known);
}

/** The same where there is a key; where there is none it makes none, as where a backup is brought back before its key is. */
export async function keptNumberHash(data: string): Promise<((number: string) => string) | undefined> {
  const key = await read(fileIn(data));
  return key && hashUnder(key);
}

const fileIn = (data: string): string => join(data, 'told-results.key');
const hashUnder =
  (key: Buffer) =>
  (number: string): string =>
    createHmac('sha256', key).update(number).digest('hex');

/** Of two programs on one folder that make it at once, the first has made it. */
async function readOrMake(file: string): Promise<Buffer> {
  const kept = await read(file);
  if (kept) return kept;
  const draft = `${file}.${makeId('key')}`;
  await writeSecretFile(draft, randomBytes(SIZE));
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  const made = await read(file);
  if (!made) throw new Error(`${file} cannot be made`);
  return made;
}

async function read(file: string): Promise<Buffer | undefined> {
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept && kept.length !== SIZE) throw new Error(`${file} is no key: bring it back from a backup`);
  return kept;
}
