import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { cli, noFaces, root } from '../stage.ts';

const why = noLab() ?? noFaces();

test('the main job, in the kiosk: card, face, unlock, answers, and both programs killed in the middle of an exam', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(420_000);
  const demo = await cli(['demo', '--host', 'electron', '--json', '--data', join(root, 'data/demo-kiosk-test')]);
  const report = JSON.parse(demo.stdout) as { ok: boolean; scenarios: { name: string; ok: boolean; notes?: object }[] };
  expect(report.scenarios.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.scenarios).toHaveLength(7);
  expect(report.scenarios.at(-1)).toMatchObject({ name: 'crash', notes: { acknowledged: 5, lost: 0 } });
  expect(demo.status).toBe(0);
});
