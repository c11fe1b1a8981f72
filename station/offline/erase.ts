import type { SittingId } from '../../contract/words/ids.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import { openVault } from '../core/vault/index.ts';
import { erase, eraseExpired, openEvidenceStore } from '../keep/evidence/index.ts';

/**
 * Erases pictures from the data folder of a station that is not running: those of one sitting, or those whose time is over.
 * What was erased stays in the ledger, by its hash.
 * @returns how many
 * @throws Refusal `data-missing`, `station-running`
 */
export function eraseIn(data: string, sitting?: SittingId): number {
  const folder = openDataFolder(data, 'alone');
  try {
    // Erasing opens no picture, so it needs no key: a kiosk's is not at hand here.
    const store = openEvidenceStore(folder.pictures(), openVault(new Uint8Array(32)));
    if (sitting === undefined) return eraseExpired(store, folder.ledger, folder.clock.wall());
    const own = store.ofSitting(sitting);
    return own.length > 0 ? erase(store, folder.ledger, [{ sitting, pictures: own }], 'asked') : 0;
  } finally {
    folder[Symbol.dispose]();
  }
}
