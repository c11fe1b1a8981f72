/** Results that cannot be forged: records, signed batches, receipts. */
export { openOutbox } from './open-outbox.ts';
export type { Outbox, SetAside, UnshownBatch } from './outbox.ts';
export { type Basis, hasPassed, makeRecord } from './record.ts';
export { type ResultFacts, resultsIn } from './results.ts';
