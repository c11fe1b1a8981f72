import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Refusal } from '../../../contract/words/reasons.ts';

/**
 * Keeps a second station off the same data folder: two of them would write one sitting. The lock is a transaction that is
 * never ended, so the operating system gives it free when the process dies, however that happens.
 * @throws Refusal `station-running`
 */
export function lockFolder(folder: string): Disposable {
  const file = join(folder, 'station.lock');
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const lock = new BetterSqlite3(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Refusal('station-running', `${folder}: ${String(error)}`);
  }
  return { [Symbol.dispose]: () => void lock.close() };
}

/** Whether a station runs on this folder. Asks without taking the lock: a station that starts meanwhile must get it. */
export function isLocked(folder: string): boolean {
  const file = join(folder, 'station.lock');
  if (!existsSync(file)) return false;
  const lock = new BetterSqlite3(file, { readonly: true, timeout: 0 });
  try {
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
}
