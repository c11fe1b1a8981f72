/** Exams that go on at another station: files for it, who has them, and what stations and people hear of that. */
export { attemptsUsed } from './attempts.ts';
export { beginSitting, MOST_UNENDED } from './beginnings.ts';
export { claimSitting } from './claims.ts';
export { ENDINGS } from './endings.ts';
export { listBeginnings, releaseBeginning } from './held-seats.ts';
export { migrations } from './migrations.ts';
export { type ListedMove, listOpenMoves } from './open-moves.ts';
export { recentMoves } from './recent-moves.ts';
export { putRescue, readRescue, rescuesFor } from './rescues.ts';
export { heardSince, sitsStill, sittingAt } from './sitting-now.ts';
export { listStrayMoves } from './stray.ts';
