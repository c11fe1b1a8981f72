import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { systemClock } from '../core/clock/index.ts';
import { lockFolder, openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { SittingEvent } from '../core/sitting/index.ts';
import { openVault } from '../core/vault/index.ts';
import { erase, eraseExpired, openEvidenceStore } from '../keep/evidence/index.ts';

/**
 * Erases pictures from the data folder of a station that is not running: those of one sitting, or those whose time is over.
 * What was erased stays in the ledger, by its hash.
 * @returns how many
 * @throws Refusal `data-missing`, `station-running`
 */
export function eraseIn(data: string, sitting?: SittingId): number {
  const file = join(data, 'station.db');
  if (!existsSync(file)) throw new Refusal('data-missing', data);
  const lock = lockFolder(data);
  const [database, pictures] = [openDatabase(file), openDatabase(join(data, 'evidence.db'))];
  try {
    const clock = systemClock();
    const ledger = openLedger(database, clock, SittingEvent.parse);
    // Erasing opens no picture, so it needs no key: a kiosk's is not at hand here.
    const store = openEvidenceStore(pictures, openVault(new Uint8Array(32)));
    if (sitting === undefined) return eraseExpired(store, ledger, clock.wall());
    const own = store.ofSitting(sitting);
    return own.length > 0 ? erase(store, ledger, [{ sitting, pictures: own }], 'asked') : 0;
  } finally {
    pictures.close();
    database.close();
    lock[Symbol.dispose]();
  }
}
