import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { isInstalled } from '../../scripts/debian.ts';
import { root } from '../stage.ts';
import { tortureLockdown } from '../torture/lockdown.ts';

/** A few of the crashes that `npm run -s torture -- lockdown` does at every moment. */
test('a crash while the machine is locked or unlocked leaves nothing behind after the next start', async () => {
  const missing = ['Xvfb', 'gsettings', 'setxkbmap'].filter((program) => !isInstalled(program));
  test.skip(missing.length > 0, `skipped: ${missing.join(', ')} missing`);
  test.setTimeout(240_000);
  const report = await tortureLockdown({ folder: join(root, 'data/torture-lockdown-test'), every: 23 });
  expect(report.left).toEqual([]);
  expect(report.changed).toBeGreaterThan(10);
  expect(report.crashes).toBeGreaterThan(5);
});
