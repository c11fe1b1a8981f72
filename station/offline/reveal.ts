import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { systemClock } from '../core/clock/index.ts';
import { openDatabase } from '../core/database/index.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openFormDesk } from '../keep/papers/index.ts';

/**
 * The seed behind the one that a record shows, from the station that drew the form: with it an inspector draws the form again.
 * Whoever has it can also work out the forms to come of the same series.
 * @throws Refusal `data-missing`, `key-missing`, `batch-unknown` where this station has no such series
 */
export function revealSeed(data: string, shown: string): string {
  const file = join(data, 'station.db');
  if (!existsSync(file)) throw new Refusal('data-missing', data);
  const database = openDatabase(file);
  try {
    const vault = openVault(keyFromFile(join(data, 'vault.key'), { mayCreate: false }));
    const seed = openFormDesk(database, vault, systemClock()).reveal(shown);
    if (!seed) throw new Refusal('batch-unknown', `this station has drawn no form of ${shown}`);
    return seed;
  } finally {
    database.close();
  }
}
