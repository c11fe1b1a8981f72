import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jumpBetween, type Moment } from './index.ts';

const DAY = 86_400_000;
const at = (changes: Partial<Moment> = {}): Moment => ({
  ...{ wall: Date.parse('2026-03-04T05:06:07.890Z'), run: 'run-1', monotonic: 1_000_000 },
  ...{ machine: 'boot-1', uptime: 5_000_000 },
  ...changes,
});
/** The same clocks later, of which some did not go on, and the wall clock was set besides. */
const after = (before: Moment, ms: number, { asleep = 0, set = 0 } = {}): Moment => ({
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
        expect(jumpBetween(at(), after(at(), ms, { asleep: Math.floor(ms * part) }))).toBe(0);
      }),
    );
  });

  it('did not jump where it was put right by less than a minute, or slewed', () => {
    fc.assert(
      fc.property(passed, fc.integer({ min: -59_999, max: 59_999 }), (ms, set) => {
        const slewed = Math.trunc(ms * 0.0004 * Math.sign(set));
        expect(jumpBetween(at(), after(at(), ms, { set: set + slewed }))).toBe(0);
      }),
    );
  });

  it('did not jump where another run of the station looks at it on the same machine', () => {
    fc.assert(
      fc.property(passed, (ms) => {
        expect(jumpBetween(at(), { ...after(at(), ms), run: 'run-2', monotonic: 0 })).toBe(0);
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

  it('says the same instant in every zone', () => {
    const before = process.env.TZ;
    try {
      const said = ['Asia/Shanghai', 'America/New_York'].map((zone) => {
        process.env.TZ = zone;
        return Date.parse(new Date(0).toISOString());
      });
      expect(said).toEqual([0, 0]);
    } finally {
      process.env.TZ = before;
    }
  });
});

describe('a wall clock that was set', () => {
  it('jumped by as much, forward or back, within a run and from one run to the next', () => {
    fc.assert(
      fc.property(passed, far, fc.boolean(), (ms, set, restarted) => {
        const now = after(at(), ms, { set });
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
    const back = after(at(), 5_000, { set: -30 * DAY });
    expect(jumpBetween(at(), back)).toBe(-30 * DAY);
    expect(jumpBetween(back, after(back, 3_600_000, { set: 30 * DAY }))).toBe(30 * DAY);
  });
});
