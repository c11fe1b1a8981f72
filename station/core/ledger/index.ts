import type { Instant, Sha256, SittingId } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { hashOf } from '../../../proof/index.ts';
import type { Clock } from '../clock/index.ts';
import { type Database, migrate, onDisk } from '../database/index.ts';

/** Anything with a type and a JSON form. Which events there are, their domains say. */
export type LedgerEvent = { readonly type: string };

export type Entry<E extends LedgerEvent> = {
  readonly sequence: number;
  readonly at: Instant;
  readonly boot: string;
  readonly monotonic: number;
  /** The sitting this belongs to; none for what happens to the station itself. */
  readonly sitting: SittingId | null;
  readonly event: E;
  readonly hash: Sha256;
};

/** A piece of a ledger that can be checked by itself. */
export type Stretch = {
  /** Hash of the line before the first. */
  readonly previous: Sha256;
  readonly lines: readonly Entry<LedgerEvent>[];
};

export type Ledger<E extends LedgerEvent> = {
  /**
   * Writes events down, all or none. Returns only once they are on disk.
   * @throws Refusal where the disk does not take them, by what is wrong with it (`disk-full` and others)
   */
  append(sitting: SittingId | null, events: readonly E[]): readonly Entry<E>[];
  /** Every entry of one sitting, in order. */
  ofSitting(sitting: SittingId): readonly Entry<E>[];
  /** Lines `first` to `last`, whatever they are about, as they were hashed. */
  stretch(first: number, last: number): Stretch;
  /** Sittings in the order they were opened, newest last. */
  sittings(): readonly SittingId[];
  head(): { readonly sequence: number; readonly hash: Sha256 };
  /** Recomputes the whole chain; the first broken entry, or nothing. */
  firstBroken(): number | undefined;
};

const GENESIS = '0'.repeat(64) as Sha256;

const SCHEMA = [
  `CREATE TABLE ledger (
     sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, boot TEXT NOT NULL, monotonic INTEGER NOT NULL,
     sitting TEXT, event TEXT NOT NULL, hash TEXT NOT NULL
   ) STRICT;
   CREATE INDEX ledger_sitting ON ledger (sitting, sequence);
   CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE sequence = NEW.sequence)
     BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
   CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;
   CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END;`,
];

type Row = {
  sequence: number;
  at: string;
  boot: string;
  monotonic: number;
  sitting: SittingId | null;
  event: string;
  hash: Sha256;
};

/**
 * The station's append-only, hash-chained record of everything that happened.
 * @param parse checks an event read back from disk
 */
export function openLedger<E extends LedgerEvent>(
  database: Database,
  clock: Clock,
  parse: (event: unknown) => E,
): Ledger<E> {
  migrate(database, 'ledger', SCHEMA);
  const insert = database.prepare(
    'INSERT INTO ledger VALUES (@sequence, @at, @boot, @monotonic, @sitting, @event, @hash)',
  );
  const last = database.prepare<[], Row>('SELECT * FROM ledger ORDER BY sequence DESC LIMIT 1');
  const bySitting = database.prepare<[string], Row>('SELECT * FROM ledger WHERE sitting = ? ORDER BY sequence');
  const everySitting = database.prepare<[], { sitting: SittingId }>(
    'SELECT sitting FROM ledger WHERE sitting IS NOT NULL GROUP BY sitting ORDER BY min(sequence)',
  );
  const between = database.prepare<[number, number], Row>(
    'SELECT * FROM ledger WHERE sequence BETWEEN ? AND ? ORDER BY sequence',
  );
  const everything = database.prepare<[], Row>('SELECT * FROM ledger ORDER BY sequence');

  const head = () => {
    const row = last.get();
    return { sequence: row?.sequence ?? 0, hash: row?.hash ?? GENESIS };
  };
  const append = database.transaction((sitting: SittingId | null, events: readonly E[]): Entry<E>[] => {
    let { sequence, hash } = head();
    return events.map((event) => {
      sequence += 1;
      const body = { sequence, at: clock.wall(), boot: clock.boot, monotonic: clock.monotonic(), sitting, event };
      hash = chain(hash, body);
      insert.run({ ...body, event: JSON.stringify(event), hash });
      return { ...body, hash };
    });
  });

  return {
    append: (sitting, events) => onDisk(() => append.immediate(sitting, events)),
    ofSitting: (sitting) => bySitting.all(sitting).map((row) => ({ ...toEntry(row), event: read(row, parse) })),
    stretch: (first, last) => ({
      previous: between.get(first - 1, first - 1)?.hash ?? GENESIS,
      lines: between.all(first, last).map(toEntry),
    }),
    sittings: () => everySitting.all().map((row) => row.sitting),
    head,
    firstBroken() {
      let previous = GENESIS;
      let expected = 1;
      for (const row of everything.iterate()) {
        if (row.sequence !== expected || hashAfter(previous, row) !== row.hash) return row.sequence;
        previous = row.hash;
        expected += 1;
      }
      return undefined;
    },
  };
}

/** Whether each line follows the one before it and none was changed. */
export function isWhole({ previous, lines }: Stretch): boolean {
  let hash = previous;
  const first = lines[0]?.sequence ?? 1;
  return lines.every(({ hash: said, ...body }, at) => {
    hash = chain(hash, body);
    return hash === said && body.sequence === first + at;
  });
}

/** @throws Refusal `data-other-version` where the entry is whole but says what this version does not know */
function read<E>(row: Row, parse: (event: unknown) => E): E {
  try {
    return parse(JSON.parse(row.event));
  } catch (error) {
    throw new Refusal('data-other-version', `ledger entry ${row.sequence}: ${String(error)}`);
  }
}

const chain = (previous: Sha256, body: Omit<Entry<LedgerEvent>, 'hash'>): Sha256 => hashOf({ ...body, previous });

/** What the hash of this row should be; nothing where its event is no JSON any more. */
function hashAfter(previous: Sha256, row: Row): Sha256 | undefined {
  try {
    const { hash: _, ...body } = toEntry(row);
    return chain(previous, body);
  } catch {
    return undefined;
  }
}

const toEntry = (row: Row): Entry<LedgerEvent> => ({
  ...row,
  at: row.at as Instant,
  event: JSON.parse(row.event) as LedgerEvent,
});
