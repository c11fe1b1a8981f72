import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { CandidateId, SittingId } from '../../contract/words/ids.ts';
import { momentOf, openLastMoment } from '../core/clock/index.ts';
import { openLedgerCheck } from '../core/ledger/index.ts';
import { EMBEDDER, WANG } from '../station.fixture.ts';
import { startRounds } from './rounds.ts';
import { openBench } from './terminal.fixture.ts';

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] as const;
beforeEach(() => void vi.useFakeTimers({ toFake: [...TIMERS] }));
afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

function run(bench: ReturnType<typeof openBench>) {
  const { station } = bench;
  const ledgerCheck = openLedgerCheck(station.database, station.ledger);
  const rounds = startRounds({ ...station, ledgerCheck, log: station.log });
  onTestFinished(() => rounds[Symbol.dispose]());
  const jumps = () =>
    station.ledger
      .stretch(1, station.ledger.head().sequence)
      .lines.flatMap(({ sitting, event }) =>
        event.type === 'clock-set' ? [{ sitting, days: Math.round(Number('ms' in event && event.ms) / DAY_MS) }] : [],
      );
  return { rounds, jumps, ledgerCheck, ...station };
}

it('each time the clock is set is a line of the ledger: while nobody sits here, and from the card on', async () => {
  const bench = openBench();
  const { jumps, centerTime } = run(bench);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(jumps()).toEqual([]);
  vi.setSystemTime(Date.now() - 30 * DAY_MS);
  await vi.advanceTimersByTimeAsync(5_000);
  await bench.checkIn();
  const { id } = bench.sitting;
  vi.setSystemTime(Date.now() + 30 * DAY_MS);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(jumps()).toEqual([
    { sitting: null, days: -30 },
    { sitting: id, days: 30 },
  ]);
  expect(bench.sitting.background.jumps.map(({ ms }) => Math.round(ms / DAY_MS))).toEqual([30]);
  expect(centerTime.jumps).toHaveLength(2);
});

it('faces that were added go when their time is over', async () => {
  const bench = openBench();
  const { roster, clock, database } = bench.station;
  const face = { of: CandidateId.parse(WANG.id), sitting: SittingId.parse('si_one'), model: EMBEDDER };
  roster.addTemplate({ ...face, vector: new Float32Array(256).fill(1 / 16) }, { most: 2, days: 1 }, clock.wall());
  const count = () => database.prepare('SELECT count(*) FROM added_templates').pluck().get();
  run(bench);
  await vi.advanceTimersByTimeAsync(DAY_MS - 3_600_000);
  expect(count()).toBe(1);
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  expect(count()).toBe(0);
});

it('a clock that was set back while the station did not run is noticed when it starts', () => {
  const bench = openBench();
  const { database, clock } = bench.station;
  openLastMoment(database).write({ ...momentOf(clock), run: 'before', wall: Date.now() + 10 * DAY_MS });
  const { jumps } = run(bench);
  expect(jumps()).toEqual([{ sitting: null, days: -10 }]);
});

it('goes over the ledger in the background: all of it at each start', async () => {
  const bench = openBench();
  const first = run(bench);
  await bench.checkIn();
  expect(first.ledgerCheck.state.broken).toBeUndefined();
  first.rounds[Symbol.dispose]();
  first.database.exec("DROP TRIGGER ledger_no_update; UPDATE ledger SET boot = 'another' WHERE sequence = 1");
  const { ledgerCheck } = run(bench);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ledgerCheck.state.broken).toBe(1);
  expect(bench.logged.some((line) => line.includes('not as it was written'))).toBe(true);
});
