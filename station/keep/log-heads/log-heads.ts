import type { Instant, Sha256 } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** A head of the log in the center's signature: a JWS `exam-station/tree-head`, or a checkpoint, which has no time. */
export type SignedHead = {
  readonly text: string;
  readonly size: number;
  readonly root: Sha256;
  readonly at: Instant | null;
};

/**
 * What is wrong with two heads: `two-trees` of one size; the log is `shorter` than it was before, by the times of both; it grew and
 * shows `no-way` from the one to the other; or the larger one has the earlier `time`.
 */
export type Why = 'two-trees' | 'shorter' | 'no-way' | 'time';
export type Contradiction = {
  readonly why: Why;
  readonly first: SignedHead;
  readonly second: SignedHead;
  readonly foundAt: Instant;
};

/** Nothing of it is secret, and nothing of it is ever thrown away that contradicts the center. */
export type LogHeads = {
  /** The largest that goes on from all that were seen before. */
  readonly last: SignedHead | undefined;
  /** The largest of those that has a time. */
  readonly dated: SignedHead | undefined;
  /** This one goes on from the last. */
  advance(head: SignedHead): void;
  /** Nobody could say yet whether it goes on from the last: there was no line. */
  hold(head: SignedHead): void;
  drop(head: SignedHead): void;
  held(): readonly SignedHead[];
  /** Since when the oldest of those is held. */
  readonly heldSince: Instant | undefined;
  /** Writes down what does not fit together. @returns whether it was not known before */
  contradict(why: Why, first: SignedHead, second: SignedHead): boolean;
  contradictions(): readonly Contradiction[];
};

const SCHEMA = [
  `CREATE TABLE log_heads (
     text TEXT PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, at TEXT, seen_at TEXT NOT NULL,
     proven INTEGER NOT NULL CHECK (proven IN (0, 1))
   ) STRICT;
   CREATE UNIQUE INDEX log_heads_last ON log_heads (proven) WHERE proven = 1;
   CREATE TABLE log_contradictions (
     why TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,
     found_at TEXT NOT NULL, PRIMARY KEY (why, size, root)
   ) STRICT;`,
  // Heads were held against this machine's own clock, too: what only that contradicted is none of the center's.
  `CREATE TABLE log_dated (
     id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL, at TEXT NOT NULL
   ) STRICT;
   INSERT INTO log_dated SELECT 1, text, size, root, at FROM log_heads WHERE proven = 1 AND at IS NOT NULL;
   DELETE FROM log_contradictions WHERE why = 'time' AND NOT coalesce(first ->> 'at' > second ->> 'at', 0);`,
];
/** A center that goes on contradicting itself says nothing new by it. */
const MOST = 100;
type Row = { readonly text: string; readonly size: number; readonly root: Sha256; readonly at: Instant | null };
type Found = { readonly why: Why; readonly first: string; readonly second: string; readonly found_at: Instant };

export function openLogHeads(database: Database, clock: Pick<Clock, 'wall'>): LogHeads {
  migrate(database, 'log-heads', SCHEMA);
  const one = 'SELECT text, size, root, at FROM log_heads WHERE proven';
  const last = database.prepare<[], Row>(`${one} = 1`);
  const held = database.prepare<[], Row>(`${one} = 0 ORDER BY size, seen_at LIMIT ${MOST}`);
  const since = database.prepare<[], { at: Instant | null }>(
    'SELECT min(seen_at) AS at FROM log_heads WHERE proven = 0',
  );
  const dated = database.prepare<[], Row>('SELECT text, size, root, at FROM log_dated');
  const date = database.prepare('INSERT OR REPLACE INTO log_dated VALUES (1, @text, @size, @root, @at)');
  const forgetLast = database.prepare('DELETE FROM log_heads WHERE proven = 1');
  const drop = database.prepare('DELETE FROM log_heads WHERE text = ? AND proven = 0');
  const put = database.prepare('INSERT OR IGNORE INTO log_heads VALUES (@text, @size, @root, @at, @now, @proven)');
  const add = (head: SignedHead, proven: 0 | 1): void => void put.run({ ...head, now: clock.wall(), proven });
  const advance = database.transaction((head: SignedHead) => {
    forgetLast.run();
    drop.run(head.text);
    add(head, 1);
    if (head.at) date.run(head);
  });
  return {
    get last() {
      return last.get();
    },
    get dated() {
      return dated.get();
    },
    advance: (head) => advance.immediate(head),
    hold: (head) => add(head, 0),
    drop: ({ text }) => void drop.run(text),
    held: () => held.all(),
    get heldSince() {
      return since.get()?.at ?? undefined;
    },
    ...openContradictions(database, clock),
  };
}

function openContradictions(
  database: Database,
  clock: Pick<Clock, 'wall'>,
): Pick<LogHeads, 'contradict' | 'contradictions'> {
  const add = database.prepare(
    `INSERT OR IGNORE INTO log_contradictions SELECT ?, ?, ?, ?, ?, ?
     WHERE (SELECT count(*) FROM log_contradictions) < ${MOST}`,
  );
  const all = database.prepare<[], Found>(
    'SELECT why, first, second, found_at FROM log_contradictions ORDER BY found_at, size',
  );
  return {
    contradict: (why, first, second) =>
      add.run(why, second.size, second.root, JSON.stringify(first), JSON.stringify(second), clock.wall()).changes > 0,
    contradictions: () =>
      all.all().map(({ why, first, second, found_at: foundAt }) => ({
        ...{ why, foundAt },
        first: JSON.parse(first) as SignedHead,
        second: JSON.parse(second) as SignedHead,
      })),
  };
}
