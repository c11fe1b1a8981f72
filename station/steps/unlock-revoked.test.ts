import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it('at a station that is revoked nobody begins, and its screen says why', async () => {
  const bench = openBench();
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  const said = { format: 'exam-station/revocation@1', cause: 'stolen' } as const;
  const { identity } = bench.station;
  const revoked = { ...said, at: bench.station.clock.wall(), stationId: identity.enrolment?.stationId as never };
  vi.spyOn(identity.revoked, 'said', 'get').mockReturnValue(revoked);
  expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('station-revoked');
  bench.station.seat.execute({ kind: 'close', reason: 'candidate-left' });
  bench.station.seat.leave();
  const check = bench.station.readiness.now.checks.find(({ name }) => name === 'enrolment');
  expect(check).toMatchObject({ status: 'NOT READY', reason: 'station-revoked' });
});
