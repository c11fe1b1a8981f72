import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { modelStatus } from '../weights/model-store.ts';

const missing = modelStatus().find(({ state }) => state !== 'ok');
const why = missing ? ` (skipped: ${missing.file} is not on this machine)` : '';

test.skipIf(missing)(`the networks run without a diary for anybody else${why}`, () => {
  const home = temporaryFolder();
  const face = JSON.stringify(resolve(import.meta.dirname, '../index.ts'));
  const code = `import(${face}).then(async ({ openFaceEngine }) => (await openFaceEngine()).close())`;
  const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['--eval', code], {
    env: { ...env, HOME: home, XDG_CACHE_HOME: join(home, '.cache') },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});
