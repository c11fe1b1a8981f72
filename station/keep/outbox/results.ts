import type { Database } from '../../core/database/index.ts';
import { openTables, type Tables } from './tables.ts';

/** How the results of this station stand with the center. */
export type ResultFacts = {
  readonly waiting: number;
  /** What the center refused, in its words; each once. */
  readonly refused: { readonly records: number; readonly reasons: readonly string[] };
};

export function resultsOf({ records, aside }: Pick<Tables, 'records' | 'aside'>): ResultFacts {
  const refused = aside.list();
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return { waiting: records.waiting(), refused: { records: refused.length, reasons } };
}

/** Nothing where an older program wrote the tables and nothing may be changed in them now. */
export function resultsIn(database: Database): ResultFacts | undefined {
  try {
    return resultsOf(openTables(database));
  } catch {
    return undefined;
  }
}
