import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cli, noFaces, root } from './stage.ts';

const why = noFaces();

test('the main job: every scenario of the demo comes out as it must, and its batch can be proven', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(300_000);
  const demo = await cli(['demo', '--json', '--data', join(root, 'data/demo-test')]);
  const report = JSON.parse(demo.stdout) as { ok: boolean; export: string; scenarios: { name: string; ok: boolean }[] };
  const failed = report.scenarios.filter(({ ok }) => !ok);
  expect(failed).toEqual([]);
  expect(report.scenarios.map(({ name }) => name)).toEqual([
    'genuine',
    'impostor',
    'empty-seat',
    'second-person',
    'swap',
    'offline',
    'crash',
  ]);
  expect(demo.status).toBe(0);

  const genuine = await cli(['verify', report.export, '--json']);
  expect(JSON.parse(genuine.stdout)).toMatchObject({ ok: true, verdict: 'proven', receipt: 'verified' });
  expect(genuine.status).toBe(0);

  // One byte of one record, by the command; every byte of every record is in proof/verify.test.ts.
  const forged = readFileSync(report.export);
  const at = forged.indexOf('"marks":') + '"marks":'.length;
  forged[at] = (forged[at] as number) ^ 1;
  const file = join(root, 'data/demo-test/forged.json');
  writeFileSync(file, forged);
  const verdict = await cli(['verify', file, '--json']);
  expect(verdict.status).toBe(1);
  expect(JSON.parse(verdict.stdout)).toMatchObject({ ok: false, verdict: 'refused' });
});

test('the command line says how it is used and keeps to its exit codes', async () => {
  expect((await cli(['--help'])).status).toBe(0);
  expect((await cli(['no-such-command'])).status).toBe(2);
  expect((await cli(['verify'])).status).toBe(2);
  const nowhere = ['--center', 'http://127.0.0.1:9', '--token', 'x', '--exam', 'ex_demo', '--do'];
  const tell = async (...args: string[]) => (await cli(['tell', ...nowhere, ...args], '482915\n')).status;
  expect(await tell('dance')).toBe(2);
  expect(await tell('extend', '--minutes', '5')).toBe(2);
  expect(await tell('unlock')).toBe(1);
  const models = await cli(['models', 'status', '--json']);
  expect([0, 1]).toContain(models.status);
  expect(JSON.parse(models.stdout)).toHaveProperty('models');
  const verify = await cli(['verify', join(root, 'README.md'), '--json']);
  expect(verify.status).toBe(1);
  expect(JSON.parse(verify.stdout)).toMatchObject({ ok: false, reason: 'format-unknown' });
});
