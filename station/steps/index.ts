/** What happens at a seat: who sits down, when it begins, what proctors do, how it ends. */
export { openProctorCall } from './call.ts';
export { openDesks } from './desk.ts';
export { extraMinutesFor } from './extra-minutes.ts';
export { finishSitting, topicsOf } from './finish.ts';
export { tendGate } from './gate.ts';
export { type Identifying, identify } from './identify.ts';
export { giveUpSeat, leave, mayLeave } from './leave.ts';
export type { Gatekeeping, Practising, Proctoring, RemoteProctoring } from './parts.ts';
export { bookOf, offerFor } from './practice.ts';
export { actHere, deskSubject, openDesk, orIncident } from './proctor-action.ts';
export { obey, settleCutShort } from './remote-command.ts';
export { attemptsOf } from './sitter.ts';
export { keepMoves } from './take-up.ts';
export { startTimers } from './timers.ts';
export { openTurnedAway, type TurnedAway } from './turned-away.ts';
export { unlock, unlockByCode } from './unlock.ts';
export { openVisitorEnrolment, type VisitorEnrolment } from './visitor-enrolment.ts';
