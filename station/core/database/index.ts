import { closeSync, existsSync, openSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { Refusal } from '../../../contract/words/reasons.ts';
import { setMode } from '../../../proof/secrets/private-files.ts';
import { onDisk } from './trouble.ts';

export { isLocked, lockFolder } from './lock.ts';
export { onDisk } from './trouble.ts';

export type Database = BetterSqlite3.Database;

/**
 * Opens a station's database so that what a statement reported as done survives a power cut: write-ahead log, and a
 * flush to disk on every commit.
 * @throws Refusal `data-damaged` where the file is no database
 */
export function openDatabase(path: string): Database {
  // Its log and its shared memory are made with the mode that the file has.
  if (path !== ':memory:' && !existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  const database = new BetterSqlite3(path);
  try {
    database.pragma('journal_mode = WAL');
  } catch (error) {
    database.close();
    throw new Refusal('data-damaged', `${path}: ${String(error)}`);
  }
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  // What is erased is overwritten.
  database.pragma('secure_delete = ON');
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (domain TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (domain, step)) STRICT',
  );
  return database;
}

/**
 * Opens it to look at, whether or not a station runs on it: nothing in it is changed.
 * @throws Refusal `data-damaged` where the file is no database
 */
export function openReadOnly(path: string): Database {
  const database = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  try {
    stepsOf(database);
    return database;
  } catch (error) {
    database.close();
    throw new Refusal('data-damaged', `${path}: ${String(error)}`);
  }
}

/** How many steps its tables have come, of all domains together. */
export const stepsOf = (database: Database): number =>
  (database.prepare('SELECT count(*) AS n FROM migrations').get() as { n: number }).n;

/**
 * Turns through the whole file for what a dying disk or a pulled plug may have left. O(size).
 * @throws Refusal `data-damaged`
 */
export function mustBeWhole(database: Database): void {
  const found = onDisk(() => database.pragma('quick_check(1)', { simple: true }));
  if (found !== 'ok') throw new Refusal('data-damaged', `${database.name}: ${String(found)}`);
}

/** Databases of which a copy was put aside since they were opened. */
const putAside = new WeakSet<Database>();

/** Before anything that is there is changed, it is copied: whoever must go back to an older program can. */
function copyBefore(database: Database, domain: string, step: number): void {
  if (database.memory || database.readonly || putAside.has(database)) return;
  putAside.add(database);
  const copy = `${database.name}.before-${domain}-${step}`;
  if (existsSync(copy)) return;
  database.prepare('VACUUM INTO ?').run(copy);
  setMode(copy, 0o600);
}

/** Brings one domain's tables up to date. Steps are only ever added at the end; each runs once, whole or not at all. */
export function migrate(database: Database, domain: string, steps: readonly string[]): void {
  const before = stepsDone(database, domain);
  // Most starts change nothing, and whoever only looks may not.
  if (before >= steps.length) return;
  if (before > 0) copyBefore(database, domain, steps.length);
  database
    .transaction(() => {
      // Counted inside: another program may be bringing the same file up to date at this moment.
      for (let step = stepsDone(database, domain); step < steps.length; step++) {
        database.exec(steps[step] as string);
        database.prepare('INSERT INTO migrations (domain, step) VALUES (?, ?)').run(domain, step);
      }
    })
    .immediate();
}

const stepsDone = (database: Database, domain: string): number =>
  (database.prepare('SELECT count(*) AS n FROM migrations WHERE domain = ?').get(domain) as { n: number }).n;
