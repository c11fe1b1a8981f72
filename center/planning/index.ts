/** Turns: which exam is sat where and when, who comes, and what stations are told of it. */
export { forgetAbsences, sayAbsent } from './absences.ts';
export { readBoard } from './board.ts';
export { enterTurn, leaveTurn } from './entering.ts';
export { listApplicants, listEntries } from './entries.ts';
export { migrations } from './migrations.ts';
export { turnsOfOneself } from './of-oneself.ts';
export { changeTurn, planTurn } from './planning.ts';
export { examsToPlan, listTurns, readTurn } from './reading.ts';
export { putRoom, roomOf } from './rooms.ts';
export { type PlannedRoster, plannedFor, type TurnsOf, turnsInOwnRoom } from './roster.ts';
export { cancelTurn, closeTurn, moveTurn, openTurn } from './settling.ts';
export { listSlips, slipOfOneself } from './slips.ts';
