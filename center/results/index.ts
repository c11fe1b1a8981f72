/** What stations hand in: batches that were accepted, their records as read, and the proof of both. */
export { acceptBatch } from './accept-batch.ts';
export { migrations } from './migrations.ts';
export { progressOf, readProgress } from './progress.ts';
export { proofFileOf } from './proof-file.ts';
export {
  countRecords,
  type ListedRecord,
  PAGE_SIZE,
  readRecords,
  readTotals,
  type Shown,
  type Totals,
} from './read-records.ts';
export { type HeldResult, heldResult } from './receipt-holder.ts';
export { FORMAL_RECORDS, hasBegun, hasCompleted, hasRecord } from './record-conditions.ts';
export { type StudiedRecord, studiedRecords } from './studied-records.ts';
