/** A record held against what the center knows: pure, so that anybody who knows the same finds the same. */
export type { Circumstances, Facts, Finding, LedgerPlace, StudiedBefore } from './facts.ts';
export { judge } from './judge.ts';
