/** Tools for a data folder whose station does not run, or runs beside. */
export { stationRunsOn } from '../core/data-folder/index.ts';
export { type Archive, openArchive } from './archive.ts';
export { eraseIn, eraseTenantIn } from './erase.ts';
export { installInto } from './install.ts';
export { type LedgerFound, ledgerOf, ledgerStretch, witnessedIn } from './ledger-of.ts';
export { readinessOf } from './readiness-of.ts';
export { type Rescued, type RescueOrder, rescueFrom } from './rescue-from.ts';
export { revealSeed } from './reveal.ts';
export { sittingNotOver } from './taken-seat.ts';
