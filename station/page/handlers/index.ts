import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { type CameraParts, cameraHandlers } from './camera.ts';
import { type CandidateParts, candidateHandlers } from './candidate.ts';
import { type ExamParts, examHandlers } from './exam.ts';
import { type LearningParts, learningHandlers } from './learning.ts';
import { type ProctorParts, proctorHandlers } from './proctor.ts';
import { type TerminalParts, terminalHandlers } from './terminal.ts';

export { nameSomebody } from './candidate.ts';

export type HandlerParts = CameraParts & CandidateParts & ExamParts & LearningParts & ProctorParts & TerminalParts;

/** What each message of the page does; what of the face check it shows besides is the view's, how long a result stays the timers'. */
export const makeHandlers = (parts: HandlerParts): Omit<Handlers<Methods>, 'overlay' | 'stay'> => ({
  ...cameraHandlers(parts),
  ...candidateHandlers(parts),
  ...examHandlers(parts),
  ...learningHandlers(parts),
  ...proctorHandlers(parts),
  ...terminalHandlers(parts),
});
