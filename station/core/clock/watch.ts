import type { Clock } from './clock.ts';
import { jumpBetween } from './jumps.ts';
import { momentOf } from './machine.ts';

/**
 * Says how far the wall clock was set, forward or back, since it was last found to be; 0 where it only ran. Small steps add up.
 * Exams are not timed by it, but what they are dated with is.
 */
export function watchWallClock(clock: Clock): () => number {
  let before = momentOf(clock);
  return () => {
    const now = momentOf(clock);
    const moved = jumpBetween(before, now);
    if (moved !== 0) before = now;
    return moved;
  };
}
