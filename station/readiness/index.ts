/** Whether somebody can sit an exam here: what is measured, judged, and told to whoever asks. */

export { frameCost } from './faces.ts';
export type { KnownFacts, LineFacts, MeasuredFacts } from './facts.ts';
export { judgeAll } from './judge.ts';
export { keepChecking } from './keep-checking.ts';
export { knownOf } from './known.ts';
export { measureCamera } from './measure-camera.ts';
export { measureDisk } from './measure-disk.ts';
export { type Measuring, openReadiness, type StationReadiness } from './station-readiness.ts';
