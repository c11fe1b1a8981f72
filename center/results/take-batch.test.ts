import { expect, test } from 'vitest';
import { Busy, Refusal, TryLater } from '../../contract/words/reasons.ts';
import { sealRecord } from '../../proof/index.ts';
import { DatabaseTrouble } from '../database/index.ts';
import { actingAs, batchOf, enrolStation, openTestCenter, recordOf } from '../testing/index.ts';
import { openJudging } from './judging.ts';
import { takeBatch } from './take-batch.ts';

test('only what is refused for what it is may have another in its place, not what came while the center was away or busy', async () => {
  const open = await openTestCenter();
  try {
    const station = await enrolStation(open.app, open.secrets.enrolmentCode);
    const { header, records } = await batchOf(station, [recordOf(station)]);
    const batch = { header, records: records.map(sealRecord) };
    const acting = await actingAs(open, station);
    const judging = openJudging({ kind: 'system' }, open.center, () => {});
    const noted = async (error: Error): Promise<number> => {
      const sequencer = { run: () => Promise.reject(error) };
      await expect(takeBatch(acting, open.center, batch, { sequencer, judging })).rejects.toThrow();
      return (await open.center.db.query('SELECT 1 FROM refused_batches')).length;
    };
    expect(await noted(new DatabaseTrouble('database-busy', new Error('busy')))).toBe(0);
    expect(await noted(new TryLater(5))).toBe(0);
    expect(await noted(new Busy(5))).toBe(0);
    expect(await noted(new Refusal('bad-message'))).toBe(1);
  } finally {
    await open.close();
  }
});
