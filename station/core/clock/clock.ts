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
