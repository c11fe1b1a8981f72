/** Results that cannot be forged: records, signed batches, receipts. */
export { type Outbox, openOutbox } from './outbox.ts';
export { makeRecord } from './record.ts';
