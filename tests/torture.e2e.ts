import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from './stage.ts';
import { torture } from './torture/torture.ts';

/** A few of the kills that `npm run -s torture -- --kills 500` does by the hundred. */
test('a station that is killed again and again loses no answer that it acknowledged', async () => {
  test.setTimeout(180_000);
  const folder = join(root, 'data/torture-test');
  const seed = Date.now() % 1_000_000;
  const report = await torture({ folder, kills: 5, interruptions: 2, seed });
  const { interrupted, resumed, lost, brokenLedgers, acknowledged } = report;
  expect({ seed, lost, brokenLedgers }).toEqual({ seed, lost: 0, brokenLedgers: 0 });
  // Where nobody was interrupted, nothing was there to be lost.
  expect(interrupted).toBeGreaterThanOrEqual(2);
  expect(resumed).toBe(interrupted);
  expect(acknowledged).toBeGreaterThan(0);
});
