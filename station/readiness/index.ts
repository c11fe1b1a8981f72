/** Whether somebody can sit an exam here: what is measured, judged, and told to whoever asks. */
export { type Measuring, openReadiness, type ReadinessDesk, type ReadinessParts } from './desk.ts';
export { frameCost } from './faces.ts';
export type { EnrolmentFacts, ExamFacts, Facts, KnownFacts, MeasuredFacts, ProvisionFacts } from './facts.ts';
export { judgeAll } from './judge.ts';
export { keepChecking } from './keep-checking.ts';
export { type KnownParts, knownOf } from './known.ts';
export { type CameraMeasure, measureCamera } from './measure-camera.ts';
export { type DiskMeasure, measureDisk } from './measure-disk.ts';
