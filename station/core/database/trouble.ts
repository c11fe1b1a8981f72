import BetterSqlite3 from 'better-sqlite3';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';

/** What a database may say, and what it means for whoever stands before the station. */
const TROUBLES: readonly (readonly [RegExp, Reason])[] = [
  [/^SQLITE_FULL/, 'disk-full'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN)/, 'disk-readonly'],
  [/^SQLITE_IOERR/, 'disk-failed'],
  [/^SQLITE_(BUSY|LOCKED)/, 'data-locked'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'data-damaged'],
];

/** A trouble of the disk by its name; anything else as it is. */
function named(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  const { code } = error;
  const reason = TROUBLES.find(([pattern]) => pattern.test(code))?.[1];
  return reason ? new Refusal(reason, `${code}: ${error.message}`) : error;
}

/** @throws Refusal `disk-full`, `disk-readonly`, `disk-failed`, `data-locked`, `data-damaged` */
export function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(error);
  }
}
