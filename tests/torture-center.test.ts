import { expect, test } from 'vitest';
import { whyNoPostgres } from '../center/testing/postgres-server.ts';
import { temporaryFolder } from './kit/folders.ts';
import { tortureCenter } from './torture/center.ts';

/** A few of the kills that `npm run -s torture -- center --kills 100` does by the hundred. */
test.skipIf(whyNoPostgres())(
  'of two centers that are killed again and again none loses what a station has a receipt for',
  async () => {
    const seed = Date.now() % 1_000_000;
    const report = await tortureCenter({ folder: temporaryFolder(), kills: 3, seed });
    const { lost, twice, forks, receipts } = report;
    expect({ seed, lost, twice, forks }).toEqual({ seed, lost: 0, twice: 0, forks: 0 });
    expect(receipts).toBeGreaterThan(3);
  },
  300_000,
);
