import { expect, it } from 'vitest';
import { openDatabase } from '../../core/database/index.ts';
import { manualClock } from '../../station.fixture.ts';
import { openLogHeads } from './index.ts';

const head = (size: number, at: string | null) => ({ text: `head ${size}`, size, root: 'a'.repeat(64), at });

it('what an older program held against the center by its own clock alone is no contradiction any more', () => {
  const database = openDatabase(':memory:');
  openLogHeads(database, manualClock()).advance(head(3, '2026-03-04T05:00:00.000Z') as never);
  // As it was before there was a place for the newest head with a time.
  database.exec("DROP TABLE log_dated; DELETE FROM migrations WHERE domain = 'log-heads' AND step = 1");
  const put = database.prepare('INSERT INTO log_contradictions VALUES (?, ?, ?, ?, ?, ?)');
  const found = (why: string, first: ReturnType<typeof head>, second: ReturnType<typeof head>) =>
    put.run(why, second.size, second.root, JSON.stringify(first), JSON.stringify(second), '2026-03-04T05:00:00.000Z');
  found('time', head(3, '2026-03-04T05:00:00.000Z'), head(4, '2026-03-04T07:00:00.000Z'));
  found('time', head(3, null), head(5, '2026-03-04T07:00:00.000Z'));
  found('time', head(3, '2026-03-04T05:00:00.000Z'), head(6, '2026-03-04T04:00:00.000Z'));
  found('shorter', head(8, '2026-03-04T05:00:00.000Z'), head(7, '2026-03-04T06:00:00.000Z'));
  const heads = openLogHeads(database, manualClock());
  expect(heads.contradictions().map(({ why, second }) => [why, second.size])).toEqual([
    ['time', 6],
    ['shorter', 7],
  ]);
  expect(heads.dated).toEqual(head(3, '2026-03-04T05:00:00.000Z'));
});

it('keeps the newest head that has a time while those after it have none', () => {
  const database = openDatabase(':memory:');
  const heads = openLogHeads(database, manualClock());
  for (const one of [head(3, '2026-03-04T05:00:00.000Z'), head(4, null)]) heads.advance(one as never);
  const again = openLogHeads(database, manualClock());
  expect([again.last?.size, again.dated?.size]).toEqual([4, 3]);
});
