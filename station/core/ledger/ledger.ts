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
  head(): Head;
  /** Hash of one line; nothing where there is none. */
  hashAt(sequence: number): Sha256 | undefined;
  /**
   * Recomputes at most so many lines after one that was found to be right, or from the first.
   * @returns the last that is right, and the first that is not
   */
  check(after: Head | undefined, most: number): Checked;
  /** Recomputes the whole chain; the first broken entry, or nothing. */
  firstBroken(): number | undefined;
};

/** A line of the ledger, and thereby all before it. */
export type Head = { readonly sequence: number; readonly hash: Sha256 };
export type Checked = { readonly right: Head; readonly broken?: number };

const GENESIS = '0'.repeat(64) as Sha256;
const NOTHING: Head = { sequence: 0, hash: GENESIS };

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
  const after = database.prepare<[number, number], Row>(
    'SELECT * FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );

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

  const hashAt = (sequence: number): Sha256 | undefined => between.get(sequence, sequence)?.hash;
  const ledger: Ledger<E> = {
    append: (sitting, events) => onDisk(() => append.immediate(sitting, events)),
    ofSitting: (sitting) => bySitting.all(sitting).map((row) => ({ ...toEntry(row), event: read(row, parse) })),
    stretch: (first, last) => ({
      previous: hashAt(first - 1) ?? GENESIS,
      lines: between.all(first, last).map(toEntry),
    }),
    sittings: () => everySitting.all().map((row) => row.sitting),
    head,
    hashAt,
    check(from, most) {
      // What was right is not there any more, or another.
      if (from && from.sequence > 0 && hashAt(from.sequence) !== from.hash)
        return { right: NOTHING, broken: from.sequence };
      let right = from ?? NOTHING;
      for (const row of after.iterate(right.sequence, most)) {
        if (row.sequence !== right.sequence + 1 || hashAfter(right.hash, row) !== row.hash)
          return { right, broken: row.sequence };
        right = { sequence: row.sequence, hash: row.hash };
      }
      return { right };
    },
    firstBroken: () => ledger.check(undefined, -1).broken,
  };
  return ledger;
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
