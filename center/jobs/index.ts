/** Long work: kept in a table until it is done, done by whichever center has room, and once. */
export { addJob, type JobWish } from './adding.ts';
export { exportAgain, orderExport } from './exporting.ts';
export { jobKey } from './files.ts';
export { jobFilesNamed } from './holding.ts';
export { migrations } from './migrations.ts';
export {
  cancelJob,
  type JobDownload,
  type JobStanding,
  jobStandings,
  listJobs,
  openJobFile,
  readJob,
} from './reading.ts';
export { type JobKind, type JobKinds, type Jobs, openJobs, type RunningJob } from './running.ts';
export { type Cell, TABLE_TYPES, writeTable } from './table-file.ts';
