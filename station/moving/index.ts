/** Exams that go on at another station: where they are, how they leave, and whether they may go on here. */
export { type Claimed, mustBeginHere } from './going-on.ts';
export { comeBack, depart, moveAway, sendOn } from './leaving.ts';
export type { KnownMoves, Moving } from './parts.ts';
export { nameOf, otherStations } from './stations.ts';
export { type Away, awayNow, awayOf, isOnItsWay, isSpent, waitingHere, wentOnTwice } from './whereabouts.ts';
