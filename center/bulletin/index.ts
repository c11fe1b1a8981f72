/** Who takes part, over many firms and months. */
export { type ExamParticipation, type Period, participation } from './participation.ts';
