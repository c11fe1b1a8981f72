import { Sha256 } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../database/index.ts';
import type { Head, Ledger, LedgerEvent } from './ledger.ts';

/** How a ledger was found to be. */
export type LedgerState = {
  readonly lines: number;
  /** The first line that does not follow the one before it, as far as anybody looked. */
  readonly broken?: number;
};

/** Goes over a ledger little by little, beside whatever else the station does. */
export type LedgerCheck = {
  readonly state: LedgerState;
  /** Looks at some lines. @returns whether there are more to look at now */
  step(): boolean;
};

/** Some milliseconds' worth. */
const LINES = 200;
/** Above this a start goes over the newest lines only. */
const MOST_LINES = 200_000;

const SCHEMA = [
  `CREATE TABLE ledger_checked (
     id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL
   ) STRICT;`,
];

/**
 * First the lines since the last that was found to be right, at this start or an earlier one: that one is kept, and must still be
 * there. Then, once, all of them from the first.
 */
export function openLedgerCheck(database: Database, ledger: Pick<Ledger<LedgerEvent>, 'check' | 'head'>): LedgerCheck {
  const kept = openChecked(database);
  let right = kept.read();
  let swept: Head | undefined;
  let sweeping = right !== undefined && right.sequence <= MOST_LINES;
  let broken: number | undefined;

  const look = (after: Head | undefined): Head => {
    const found = ledger.check(after, LINES);
    broken ??= found.broken;
    return found.right;
  };
  return {
    get state() {
      return { lines: ledger.head().sequence, ...(broken === undefined ? {} : { broken }) };
    },
    step() {
      if (broken !== undefined) return false;
      const { sequence } = ledger.head();
      if ((right?.sequence ?? 0) < sequence) {
        right = look(right);
        if (broken === undefined) kept.write(right);
      } else if (right && ledger.check(right, 0).broken !== undefined) broken = right.sequence;
      else if (sweeping) swept = look(swept);
      sweeping &&= (swept?.sequence ?? 0) < (right?.sequence ?? 0);
      return broken === undefined && (sweeping || (right?.sequence ?? 0) < ledger.head().sequence);
    },
  };
}

function openChecked(database: Database) {
  migrate(database, 'ledger-checked', SCHEMA);
  const put = database.prepare('INSERT OR REPLACE INTO ledger_checked VALUES (1, @sequence, @hash)');
  const get = database.prepare<[], { sequence: number; hash: Sha256 }>('SELECT sequence, hash FROM ledger_checked');
  return {
    read(): Head | undefined {
      const row = get.get();
      return row && { sequence: row.sequence, hash: Sha256.parse(row.hash) };
    },
    write: (head: Head): void => void put.run(head),
  };
}
