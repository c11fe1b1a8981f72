/** Pictures of check-in and incidents: sealed, for a time, within a space; the ledger has their hashes. */
export { type EvidenceStore, openEvidenceStore } from './evidence-store.ts';
export { erase, eraseExpired } from './retention.ts';
export { toJpeg } from './to-jpeg.ts';
