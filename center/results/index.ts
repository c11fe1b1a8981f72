/** What stations hand in: batches that were accepted, their records as read, and the proof of both. */
export { listRivals, noteRefused } from './chain-evidence.ts';
export { correctResult, correctWithin, forgetAppealNotes } from './corrections.ts';
export { listDisputes, settleDispute, settleResult, type WhichDisputes } from './disputes.ts';
export { creditedTime, type Earlier, earlierResults, resultsSince, type Whose } from './earlier.ts';
export { exportResults, resultsExport } from './exporting.ts';
export { itemReport } from './item-report.ts';
export { type Judging, openJudging } from './judging.ts';
export { migrations } from './migrations.ts';
export { type ResultOfOneself, resultsOfOneself } from './of-oneself.ts';
export { type SeenResult, seenResult } from './one-result.ts';
export { progressOf, readProgress } from './progress.ts';
export { proofFileOf } from './proof-file.ts';
export {
  countRecords,
  type Doubts,
  type ListedRecord,
  PAGE_SIZE,
  readDoubts,
  readRecords,
  readTotals,
  type Shown,
  type Totals,
  turningFrom,
  type Which,
} from './read-records.ts';
export { proofOfResult, readResult } from './reading-one.ts';
export { type HeldResult, heldResult } from './receipt-holder.ts';
export {
  FORMAL_RECORDS,
  hasBegun,
  hasCompleted,
  hasRecord,
  isDisputed,
  isSound,
  PASSED_RECORDS,
  placesOfPerson,
} from './record-conditions.ts';
export { listedAt, listResults, recordsOfPeople } from './results-within.ts';
export { revealSeries } from './reveal.ts';
export { LEARNED, SAT_IN_MONTHS, SAT_IN_QUARTERS, satWithin } from './sat.ts';
export { openSequencer, type Sequencer } from './sequencer.ts';
export { type StudiedRecord, studiedRecords } from './studied-records.ts';
export { type Reception, takeBatch } from './take-batch.ts';
export { foldTallies, readLearned, readTallies, type Tally } from './tallies.ts';
export { type Cursor, type Place, readPlace, writeCursor } from './turning.ts';
export { recordsToJudge } from './waiting.ts';
