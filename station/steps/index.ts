/** What happens at a seat: who sits down, when it begins, what proctors do, how it ends. */
export { openProctorCall } from './call.ts';
export { extraMinutesFor } from './extra-minutes.ts';
export { finishSitting, topicsOf } from './finish.ts';
export { tendGate } from './gate.ts';
export { type Identifying, identify } from './identify.ts';
export { leave, mayLeave } from './leave.ts';
export type { Gatekeeping, Practising, Proctoring, RemoteProctoring } from './parts.ts';
export { bookOf, offerFor } from './practice.ts';
export { actHere, authorised, orIncident } from './proctor-action.ts';
export { obey, settleCutShort } from './remote-command.ts';
export { keepMoves } from './take-up.ts';
export { startTimers } from './timers.ts';
export { openTurnedAway, type TurnedAway } from './turned-away.ts';
export { unlock, unlockByCode } from './unlock.ts';
export { openVisitorEnrolment, type VisitorEnrolment } from './visitor-enrolment.ts';
