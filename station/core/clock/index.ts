import { randomBytes } from 'node:crypto';
import { type Instant, instant } from '../../../contract/words/ids.ts';

/**
 * Both times an event carries. The wall clock says when for people; only the monotonic one measures, because a wall clock
 * is set back and forth. Monotonic times compare only within one boot of the station.
 */
export type Clock = {
  readonly boot: string;
  wall(): Instant;
  /** Milliseconds since this boot, whole. */
  monotonic(): number;
};

export function systemClock(): Clock {
  const start = performance.now();
  return {
    boot: randomBytes(8).toString('hex'),
    wall: () => instant(new Date()),
    monotonic: () => Math.round(performance.now() - start),
  };
}

/** Clocks that are corrected over the network move by less. */
const SET_MS = 60_000;

/**
 * Says how far the wall clock was set, forward or back, since this was asked before; 0 where it only ran. Exams are not timed by
 * it, but what they are dated with is.
 */
export function watchWallClock(clock: Clock): () => number {
  const ahead = (): number => Date.parse(clock.wall()) - clock.monotonic();
  let before = ahead();
  return () => {
    const now = ahead();
    const moved = now - before;
    before = now;
    return Math.abs(moved) > SET_MS ? moved : 0;
  };
}
