import { expect, test } from '@playwright/test';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { isInstalled } from '../../scripts/debian.ts';
import { tryEscapes } from '../escapes/escapes.ts';

const why = noLab();

test('nobody leaves the locked kiosk by keyboard or mouse', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(180_000);
  const report = await tryEscapes({ under: 'openbox' });
  expect(report.escaped).toEqual([]);
  expect(report.held).toBe(report.tried);
  // What takes the picture for a moment is really done, and really undone.
  expect(report.cameBack.length).toBeGreaterThan(0);
});

test('the same attempts leave an unlocked window: they are really made, and really seen', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(120_000);
  const only = ['a window of another program', 'alt+F4', 'super+d'];
  const { escaped } = await tryEscapes({ under: 'openbox', unlocked: true, only });
  expect(escaped.map(({ name }) => name).sort()).toEqual(only);
});

test('nobody leaves it in the compositor of a locked Linux machine', async () => {
  const missing = ['cage', 'Xwayland'].filter((program) => !isInstalled(program));
  test.skip(why !== undefined || missing.length > 0, why ?? `skipped: ${missing.join(', ')} missing`);
  test.setTimeout(180_000);
  const report = await tryEscapes({ under: 'cage' });
  expect(report.escaped).toEqual([]);
  expect(report.tried).toBeGreaterThan(80);
});
