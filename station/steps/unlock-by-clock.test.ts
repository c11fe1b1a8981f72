import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { instant } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** Whole seconds from now on. */
const NOW = Date.now();
const at = (minutes: number) => instant(new Date(NOW + minutes * 60_000));

async function waiting() {
  const bench = openBench();
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  return bench;
}

it('nothing that counts begins by a clock that is behind the center’s, whatever a proctor says', async () => {
  const bench = await waiting();
  bench.station.centerTime.seen(at(30));
  const unlock = () => refusalOf(bench.act({ kind: 'unlock', note: '钟慢了也要开考' }));
  expect(await unlock()).toBe('clock-behind');
  expect(bench.sitting.stage).toBe('awaiting-unlock');
  vi.setSystemTime(NOW + 25 * 60_000);
  expect(await unlock()).toBe('ok');
});

it('the time of the center is asked when it begins, and is in the record if it comes', async () => {
  const bench = await waiting();
  bench.station.centerTime.seen(at(-60));
  bench.station.centerTime.jumped({ at: at(-30), ms: 90_000 });
  bench.station.askTime.mockResolvedValueOnce({ at: at(1), token: 'a.b.c' });
  await bench.act({ kind: 'unlock' });
  await bench.pass(100);
  await bench.call('hand-in', {});
  await bench.pass(100);
  const record = bench.station.outbox.recordOf(bench.sitting.id);
  expect(record).toMatchObject({
    format: 'exam-station/record@9',
    faces: { reference: ['a'.repeat(64)], failed: [] },
    time: { lower: at(-60), token: 'a.b.c', jumps: [{ at: at(-30), ms: 90_000 }], boots: 0 },
  });
  expect([bench.station.centerTime.newest, bench.station.centerTime.jumps]).toEqual([at(1), []]);
});
