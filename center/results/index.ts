/** What stations hand in: batches that were accepted, their records as read, and the proof of both. */
export { acceptBatch } from './accept-batch.ts';
export { migrations } from './migrations.ts';
export { proofFileOf } from './proof-file.ts';
export { type ListedRecord, PAGE_SIZE, readRecords, readTotals, type Totals } from './read-records.ts';
export { FORMAL_RECORDS, hasRecord } from './record-conditions.ts';
