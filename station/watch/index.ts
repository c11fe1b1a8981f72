/** Who sits there: the camera, check-in, the watch during an exam, and what is kept of it. */
export { type Camera, look, looksVirtual, openCamera, rest } from './camera/index.ts';
export { type Devices, openDevices } from './devices.ts';
export { keepEvidence, pictureOfIncident } from './evidence.ts';
export { reportLooks } from './look-report.ts';
export { watchMachine } from './machine.ts';
export type { Judging, KeepingEvidence, Watching } from './parts.ts';
export type { Progress } from './progress.ts';
export { startScheduler } from './scheduler.ts';
export { openSnapshots } from './snapshots.ts';
export { openSurroundings, type Surroundings } from './surroundings.ts';
