import { expect, test } from '@playwright/test';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { tryEscapes } from '../escapes/escapes.ts';

const why = noLab();

test('nobody leaves the locked kiosk by keyboard or mouse', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(180_000);
  const report = await tryEscapes();
  expect(report.escaped).toEqual([]);
  expect(report.held).toBe(report.tried);
  // What takes the picture for a moment is really done, and really undone.
  expect(report.cameBack.map(({ name }) => name)).toContain('super+d');
});

test('the same attempts leave an unlocked window: they are really made, and really seen', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(120_000);
  const only = ['a window of another program', 'alt+F4', 'super+d'];
  const { escaped } = await tryEscapes({ unlocked: true, only });
  expect(escaped.map(({ name }) => name).sort()).toEqual(only);
});
