import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instant } from '../../../contract/words/ids.ts';
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

  /** Sixty days of a clock that only this moves, and whoever looks at it. */
  const days = () => {
    const now = { wall: Date.parse('2026-03-04T05:06:07.890Z'), monotonic: 1_000_000 };
    const wall = () => instant(new Date(now.wall));
    const moved = watchWallClock({ boot: 'run-1', wall, monotonic: () => now.monotonic });
    const pass = (ms: number, set = 0): number => {
      now.wall += ms + set;
      now.monotonic += ms;
      return moved();
    };
    return { pass };
  };
  const gap = fc.integer({ min: 5_000, max: 5 * 86_400_000 });
  const either = (min: number, max: number) =>
    fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([ms, back]) => (back ? -ms : ms));

  it('is noticed once, and by as much, however long the station runs already', () => {
    const set = fc.record({
      gap,
      slew: fc.double({ min: 0, max: 0.0004, noNaN: true }),
      ms: either(60_003, 1_200_000),
    });
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 12 }), (all) => {
        const { pass } = days();
        let off = 0;
        for (const { gap, slew, ms } of all) {
          const drift = Math.floor(gap * slew);
          const [before, then, after] = [pass(gap, drift), pass(5_000, ms), pass(5_000)];
          expect([before, after]).toEqual([0, 0]);
          off += drift;
          // What it was slewed by meanwhile may be told with it.
          expect(Math.abs(then - ms)).toBeLessThanOrEqual(off);
          if (then !== ms) off = 0;
        }
      }),
    );
  });

  it('leaves no more untold than a slewed clock may be off by, however little it is set at a time', () => {
    const set = fc.record({ gap, ms: either(1, 59_999) });
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 60 }), (all) => {
        const { pass } = days();
        let [untold, passed] = [0, 0];
        for (const { gap, ms } of all) {
          passed += gap;
          untold += ms - pass(gap, ms);
          expect(Math.abs(untold)).toBeLessThanOrEqual(60_000 + passed * 0.0005);
        }
      }),
    );
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
