import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock, watchWallClock } from './index.ts';

afterEach(() => void vi.useRealTimers());

describe('the clock of a station', () => {
  it('measures whole milliseconds from its own start, whatever the wall clock is set to', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime('2026-03-04T05:06:07.890Z');
    vi.advanceTimersByTime(5_000);
    const clock = systemClock();
    expect([clock.monotonic(), clock.wall()]).toEqual([0, '2026-03-04T05:06:12.890Z']);
    vi.advanceTimersByTime(1_234);
    vi.setSystemTime('2020-01-01T00:00:00Z');
    expect([clock.monotonic(), clock.wall()]).toEqual([1_234, '2020-01-01T00:00:00.000Z']);
  });

  it('never measures backwards and gives no fractions', () => {
    const clock = systemClock();
    let last = 0;
    for (let n = 0; n < 1000; n++) {
      const now = clock.monotonic();
      expect(Number.isInteger(now) && now >= last).toBe(true);
      last = now;
    }
  });

  it('has another name at each boot, so that times of two boots are never compared', () => {
    expect(systemClock().boot).not.toBe(systemClock().boot);
  });
});

describe('a wall clock that somebody sets', () => {
  it('is noticed, forward and back, once each; that it runs, or is put right by a little, is not by itself', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime('2026-03-04T05:06:07.890Z');
    const moved = watchWallClock(systemClock());
    vi.advanceTimersByTime(3_600_000);
    expect(moved()).toBe(0);
    vi.setSystemTime(Date.now() + 30_000);
    expect(moved()).toBe(0);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect([moved(), moved()]).toEqual([-7_170_000, 0]);
    vi.setSystemTime(Date.now() + 86_400_000);
    expect([moved(), moved()]).toEqual([86_400_000, 0]);
  });

  it('is noticed where it is set by little often', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.setSystemTime('2026-03-04T05:06:07.890Z');
    const moved = watchWallClock(systemClock());
    const told = Array.from({ length: 10 }, () => {
      vi.advanceTimersByTime(5_000);
      vi.setSystemTime(Date.now() - 50_000);
      return moved();
    });
    expect(told.filter((ms) => ms !== 0)).toEqual([-100_000, -100_000, -100_000, -100_000, -100_000]);
  });
});
