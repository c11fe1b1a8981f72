/** What time it is, and whether somebody set the clock that says so. */
export { type Clock, systemClock } from './clock.ts';
export { jumpBetween, type Moment } from './jumps.ts';
export { openLastMoment } from './last-moment.ts';
export { momentOf } from './machine.ts';
export { watchWallClock } from './watch.ts';
