import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Refusal } from '../../contract/reasons.ts';

/**
 * Keeps a second station off the same data folder: two of them would write one sitting. The lock is a transaction that is
 * never ended, so the operating system gives it free when the process dies, however that happens.
 * @throws Refusal `station-running`
 */
export function lockFolder(folder: string): Disposable {
  const lock = new BetterSqlite3(join(folder, 'station.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new Refusal('station-running', `${folder}: ${String(error)}`);
  }
  return { [Symbol.dispose]: () => void lock.close() };
}
