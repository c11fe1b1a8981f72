import type { Instant } from '../../../contract/words/ids.ts';
import { systemClock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import { type Contradiction, type LogHeads, openLogHeads } from './log-heads.ts';

/** How the center's log stands, as far as this station has seen. */
export type LogFacts = {
  /** Entries of the largest log that goes on from all before; nothing where it never looked. */
  readonly entries: number | undefined;
  /** Since when there is a head of which nobody has shown that it goes on. */
  readonly unprovenSince: Instant | undefined;
  readonly contradictions: readonly Contradiction[];
};

export const logFactsOf = (heads: Pick<LogHeads, 'last' | 'heldSince' | 'contradictions'>): LogFacts => ({
  entries: heads.last?.size,
  unprovenSince: heads.heldSince,
  contradictions: heads.contradictions(),
});

/** Nothing where an older program wrote the tables and nothing may be changed in them now. */
export function logFactsIn(database: Database): LogFacts | undefined {
  try {
    return logFactsOf(openLogHeads(database, systemClock()));
  } catch {
    return undefined;
  }
}
