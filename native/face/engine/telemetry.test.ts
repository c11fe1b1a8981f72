import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { modelStatus } from '../weights/model-store.ts';

const missing = modelStatus(MODELS).find(({ state }) => state !== 'ok');
const why = missing ? ` (skipped: ${missing.file} is not on this machine)` : '';

const here = (file: string): string => JSON.stringify(resolve(import.meta.dirname, file));
const models = JSON.stringify(MODELS);

test.skipIf(missing).each([
  [
    'the threads of the station',
    `import(${here('../index.ts')}).then(async ({ openFaceEngine }) => (await openFaceEngine(${models})).close())`,
  ],
  [
    'a thread that loads them itself',
    `import(${here('./networks.ts')}).then(({ openLane }) => openLane(${models}, ['eye'], 1))`,
  ],
])(`the networks run without a diary for anybody else: %s${why}`, (_, code) => {
  const home = temporaryFolder();
  const env = { HOME: home, XDG_CACHE_HOME: join(home, '.cache') };
  const { status, stderr } = spawnSync(process.execPath, ['--eval', code], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});
