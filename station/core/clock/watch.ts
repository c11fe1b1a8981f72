import type { Clock } from './clock.ts';
import { jumpBetween } from './jumps.ts';
import { momentOf } from './machine.ts';

/**
 * Says how far the wall clock was set, forward or back, since it was last found to be; 0 where it only ran. A step since the last
 * look is noticed however long the station runs. Small ones add up: over days they are told from a clock that is merely slewed
 * once they are more than that. Exams are not timed by it, but what they are dated with is.
 */
export function watchWallClock(clock: Clock): () => number {
  /** From where small steps add up; what was found since is taken off. */
  let anchor = momentOf(clock);
  let previous = anchor;
  return () => {
    const now = momentOf(clock);
    const [step, inAll] = [jumpBetween(previous, now), jumpBetween(anchor, now)];
    previous = now;
    anchor = inAll === 0 ? { ...anchor, wall: anchor.wall + step } : now;
    return inAll || step;
  };
}
