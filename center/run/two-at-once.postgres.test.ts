import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, it } from 'vitest';
import { keyId, openSigner } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openPostgres } from '../database/index.ts';
import { createDatabase } from '../testing/index.ts';
import { openCenter } from './service.ts';

const ROUNDS = 6;
const main = resolve(import.meta.dirname, '../main.ts');
const newDatabase = (): Promise<string> => createDatabase(inject('databaseServer'));

/** What the database says whose it is. */
async function boundTo(url: string) {
  const db = openPostgres(url, () => undefined);
  const sql = `SELECT public_key AS root, log_origin AS name, (SELECT count(*)::int FROM tenants) AS tenants FROM center`;
  const rows = await db.query(sql);
  await db.close();
  return rows;
}

const keyIn = async (data: string) => openSigner(await readFile(join(data, 'center.key'))).publicKey;
const isThere = (data: string) =>
  keyIn(data).then(
    () => true,
    () => false,
  );

it('of two centers that start on one empty database the one starts whose key it is, and the other does not', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [url, folders] = [await newDatabase(), [temporaryFolder(), temporaryFolder()]];
    const started = await Promise.allSettled(
      folders.map((data) => openCenter({ data, databaseUrl: url, seed: 'none' })),
    );
    const centers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = started.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect([centers.length, refused]).toEqual([1, [expect.stringContaining('this database was signed with')]]);
    const root = centers[0]?.center.signer.publicKey;
    expect(await boundTo(url)).toEqual([{ root, name: `exam-center/${keyId(root ?? ('' as never))}`, tenants: 1 }]);
    // Whoever was refused has made no key that would be taken for one of this database.
    expect((await Promise.all(folders.map(isThere))).filter((there) => there)).toHaveLength(1);
    for (const { close } of centers) await close();
  }
});

it('two that share their keys are one center, however they start', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [url, data] = [await newDatabase(), temporaryFolder()];
    const centers = await Promise.all([1, 2].map(() => openCenter({ data, databaseUrl: url, seed: 'none' })));
    const roots = centers.map(({ center }) => center.keys.root);
    const { root, name, tenants } = (await boundTo(url))[0] ?? {};
    expect([roots, centers.map(({ center }) => center.logName), tenants]).toEqual([[root, root], [name, name], 1]);
    for (const { close } of centers) await close();
  }
});

it('so do two processes', async () => {
  const [url, folders] = [await newDatabase(), [temporaryFolder(), temporaryFolder()]];
  const env = { ...process.env, DATABASE_URL: url, EXAM_CENTER_SEED: 'none' };
  const programs = folders.map((data) => spawn('node', [main, '--port', '0', '--data', data], { env }));
  const outcomes = await Promise.all(
    programs.map(async (program) => {
      const said = text(program.stderr);
      const [ready] = await Promise.race([once(program.stdout, 'data').then(() => [true]), once(program, 'close')]);
      return ready === true ? 'started' : said;
    }),
  );
  const at = outcomes.indexOf('started');
  expect(outcomes.toSorted()).toEqual([expect.stringContaining('this database was signed with'), 'started']);
  expect((await boundTo(url))[0]?.root).toBe(await keyIn(folders[at] ?? ''));
  programs[at]?.kill('SIGTERM');
  await once(programs[at] as never, 'close');
});
