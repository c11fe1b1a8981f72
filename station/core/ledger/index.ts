/** The append-only, hash-chained record of everything that happened at a station. */
export { type LedgerCheck, type LedgerState, openLedgerCheck } from './check.ts';
export {
  type Entry,
  isWhole,
  type Ledger,
  type LedgerEvent,
  openLedger,
  type Stretch,
} from './ledger.ts';
