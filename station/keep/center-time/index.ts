import { z } from 'zod';
import { type Instant, instant } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../../contract/words/skew.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import { Jump } from '../../core/sitting/index.ts';

/** The newest time that the center has signed: it cannot be earlier than that. */
export type CenterTime = {
  /** Nothing where the center never said anything. */
  readonly newest: Instant | undefined;
  /** A statement of the center's says this; it may be old. */
  seen(at: Instant): void;
  /**
   * The center answered so just now, to a question that was never asked before: whatever else it signed, anybody can play back. It
   * counts also where it is earlier than what was seen: the center's clock was put right. And it answers only by a clock here that
   * is not far off, so the jumps before are none any more.
   */
  told(at: Instant): void;
  /** The wall clock was set. */
  jumped(jump: Jump): void;
  /** How often it was since the center told last; the first hundred. */
  readonly jumps: readonly Jump[];
};

const SCHEMA = [
  `CREATE TABLE center_time (id INTEGER PRIMARY KEY CHECK (id = 1), newest TEXT NOT NULL) STRICT;
   CREATE TABLE clock_jumps (id INTEGER PRIMARY KEY, at TEXT NOT NULL, ms INTEGER NOT NULL) STRICT;`,
];
/** Whoever sets a clock all day has said so by then. */
const MOST_JUMPS = 100;

export function openCenterTime(database: Database): CenterTime {
  migrate(database, 'center-time', SCHEMA);
  const put = database.prepare('INSERT OR REPLACE INTO center_time VALUES (1, ?)');
  const add = database.prepare(
    'INSERT INTO clock_jumps (at, ms) SELECT ?, ? WHERE (SELECT count(*) FROM clock_jumps) < ?',
  );
  const list = database.prepare('SELECT at, ms FROM clock_jumps ORDER BY id');
  const forget = database.prepare('DELETE FROM clock_jumps');
  let newest = readCenterTime(database);
  const keep = (at: Instant): void => {
    put.run(at);
    newest = at;
  };
  return {
    get newest() {
      return newest;
    },
    seen(at) {
      if (!newest || at > newest) keep(at);
    },
    told(at) {
      keep(at);
      forget.run();
    },
    jumped: ({ at, ms }) => void add.run(at, ms, MOST_JUMPS),
    get jumps() {
      return z.array(Jump).parse(list.all());
    },
  };
}

/** The same for whoever only looks. */
export function readCenterTime(database: Database): Instant | undefined {
  migrate(database, 'center-time', SCHEMA);
  const row = database.prepare<[], { newest: string }>('SELECT newest FROM center_time').get();
  return row && instant(new Date(row.newest));
}

/** By how much a clock is surely behind, in milliseconds; 0 where it may be right. */
export function behindMs(wall: Instant, newest: Instant | undefined): number {
  const behind = newest ? Date.parse(newest) - Date.parse(wall) : 0;
  return behind > MAX_SKEW_MS ? behind : 0;
}

/**
 * Nothing that counts begins by a clock that was set back: it would be dated before it was.
 * @throws Refusal `clock-behind`
 */
export function mustNotBeBehind({ newest }: Pick<CenterTime, 'newest'>, wall: Instant): void {
  if (behindMs(wall, newest) > 0)
    throw new Refusal('clock-behind', `it is ${wall} here, and was ${newest} at the center`);
}
