import pg from 'pg';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';

/** The database could not be asked; what was asked for may well be possible later. What exactly it said is for the log alone. */
export class DatabaseTrouble extends Refusal {
  constructor(reason: Extract<Reason, 'database-away' | 'database-busy'>, cause: unknown) {
    super(reason);
    this.name = 'DatabaseTrouble';
    this.message = `${reason}: ${sentenceOf(cause)}`;
    this.cause = cause;
  }
}

/** Took too long, or waited too long for somebody else: SQLSTATE. */
const BUSY: ReadonlySet<string> = new Set(['57014', '55P03', '40P01', '40001', '25P03', '25P04']);
/** Lost, short of something (disk, connections), stopping, broken; or a stand-by that may not write. */
const AWAY = /^(08|53|57|58)|^25006$/;

/** What a query failed with, where the fault lies with the server or the way to it; else the error as it is. */
export function troubleOf(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error;
    if (BUSY.has(code)) return new DatabaseTrouble('database-busy', error);
    return AWAY.test(code) ? new DatabaseTrouble('database-away', error) : error;
  }
  // A value that the driver cannot send or read is a fault of this program.
  const isOurs = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isOurs ? error : new DatabaseTrouble('database-away', error);
}

/** A connection that failed on every address of a host comes without a message of its own. */
const sentenceOf = (error: unknown): string => {
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  return message || code || String(error);
};
