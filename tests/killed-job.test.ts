import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { jobKey } from '../center/jobs/index.ts';
import { openCenter } from '../center/run/index.ts';
import { eventually } from './kit/eventually.ts';
import { temporaryFolder } from './kit/folders.ts';

const program = resolve(import.meta.dirname, 'killed-job-child.ts');

test('what a killed program was at is done by the next one', async () => {
  const data = temporaryFolder();
  const killed = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(killed.stdout, 'data');
  const id = String(said).trim();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const center = await openCenter({ data, seed: 'none' });
  const stateOf = async () =>
    (await center.center.db.query('SELECT state, rounds AS tries FROM jobs WHERE id = $1', [id]))[0];
  await eventually(async () => expect(await stateOf()).toEqual({ state: 'done', tries: 2 }));
  expect(existsSync(join(data, jobKey(id as never)))).toBe(true);
  await center.close();
}, 240_000);
