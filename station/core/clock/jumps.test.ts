import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { jumpBetween, type Moment, momentOf, systemClock } from './index.ts';

const DAY = 86_400_000;
const at = (changes: Partial<Moment> = {}): Moment => ({
  ...{ wall: Date.parse('2026-03-04T05:06:07.890Z'), run: 'run-1', monotonic: 1_000_000 },
  ...{ machine: 'boot-1', uptime: 5_000_000 },
  ...changes,
});
/** The same clocks later, of which some did not go on, and the wall clock was set besides. */
const later = (before: Moment, ms: number, { asleep = 0, set = 0 } = {}): Moment => ({
  ...before,
  wall: before.wall + ms + set,
  monotonic: before.monotonic + ms - asleep,
  uptime: before.uptime + ms,
});
const passed = fc.integer({ min: 0, max: 400 * DAY });
/** More than a clock may be off by after four hundred days. */
const far = fc.oneof(fc.integer({ min: -4_000 * DAY, max: -DAY }), fc.integer({ min: DAY, max: 4_000 * DAY }));

describe('a wall clock that only runs', () => {
  it('did not jump, however long the station or the machine slept', () => {
    fc.assert(
      fc.property(passed, fc.double({ min: 0, max: 1, noNaN: true }), (ms, part) => {
        expect(jumpBetween(at(), later(at(), ms, { asleep: Math.floor(ms * part) }))).toBe(0);
      }),
    );
  });

  it('did not jump where it was put right by less than a minute, or slewed', () => {
    fc.assert(
      fc.property(passed, fc.integer({ min: -59_999, max: 59_999 }), (ms, set) => {
        const slewed = Math.trunc(ms * 0.0004 * Math.sign(set));
        expect(jumpBetween(at(), later(at(), ms, { set: set + slewed }))).toBe(0);
      }),
    );
  });

  it('did not jump where another run of the station looks at it on the same machine', () => {
    fc.assert(
      fc.property(passed, (ms) => {
        expect(jumpBetween(at(), { ...later(at(), ms), run: 'run-2', monotonic: 0 })).toBe(0);
      }),
    );
  });

  it.each(['boot-2', null])('did not jump where the machine was off meanwhile (%s)', (machine) => {
    fc.assert(
      fc.property(passed, passed, (off, up) => {
        const now = { ...at(), wall: at().wall + off + up, run: 'run-2', monotonic: 0, machine, uptime: up };
        expect(jumpBetween(at(), now)).toBe(0);
      }),
    );
  });

  it('did not jump where the machine was put into another zone', () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const clock = systemClock();
    const moments = ['Asia/Shanghai', 'America/New_York', 'UTC'].map((zone) => {
      vi.stubEnv('TZ', zone);
      return { ...momentOf(clock), hour: new Date().getHours() };
    });
    expect(new Set(moments.map(({ hour }) => hour)).size).toBe(3);
    const [first, ...others] = moments;
    expect(others.map((one) => jumpBetween(first ?? one, one))).toEqual([0, 0]);
  });
});

describe('a wall clock that was set', () => {
  it('jumped by as much, forward or back, within a run and from one run to the next', () => {
    fc.assert(
      fc.property(passed, far, fc.boolean(), (ms, set, restarted) => {
        const now = later(at(), ms, { set });
        expect(jumpBetween(at(), restarted ? { ...now, run: 'run-2', monotonic: 0 } : now)).toBe(set);
      }),
    );
  });

  it('and whose machine was started anew jumped back by that much at least; forward cannot be told from being off', () => {
    fc.assert(
      fc.property(passed, far, (up, set) => {
        const now = { wall: at().wall + up + set, run: 'run-2', monotonic: 0, machine: 'boot-2', uptime: up };
        expect(jumpBetween(at(), now)).toBe(set < 0 ? set : 0);
      }),
    );
  });

  it('jumped back and forth as far as it did either way', () => {
    const back = later(at(), 5_000, { set: -30 * DAY });
    expect(jumpBetween(at(), back)).toBe(-30 * DAY);
    expect(jumpBetween(back, later(back, 3_600_000, { set: 30 * DAY }))).toBe(30 * DAY);
  });
});
