import BetterSqlite3 from 'better-sqlite3';
import { Refusal } from '../../contract/reasons.ts';

export { lockFolder } from './lock.ts';

export type Database = BetterSqlite3.Database;

/**
 * Opens a station's database so that what a statement reported as done survives a power cut: write-ahead log, and a
 * flush to disk on every commit.
 * @throws Refusal `data-damaged` where the file is no database
 */
export function openDatabase(path: string): Database {
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

/** Brings one domain's tables up to date. Steps are only ever added at the end; each runs once, whole or not at all. */
export function migrate(database: Database, domain: string, steps: readonly string[]): void {
  database
    .transaction(() => {
      // Counted inside: another program may be bringing the same file up to date at this moment.
      const done = database.prepare('SELECT count(*) AS n FROM migrations WHERE domain = ?').get(domain) as {
        n: number;
      };
      for (let step = done.n; step < steps.length; step++) {
        database.exec(steps[step] as string);
        database.prepare('INSERT INTO migrations (domain, step) VALUES (?, ?)').run(domain, step);
      }
    })
    .immediate();
}
