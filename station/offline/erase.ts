import { join } from 'node:path';
import type { SittingId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type DataFolder, openDataFolder } from '../core/data-folder/index.ts';
import { openVault } from '../core/vault/index.ts';
import { type EvidenceStore, erase, eraseExpired, openEvidenceStore } from '../keep/evidence/index.ts';
import { eraseGuest } from '../keep/guests/index.ts';
import { readEnrolment } from '../keep/identity/index.ts';
import { eraseAgedTemplates, eraseTemplatesOf } from '../keep/roster/index.ts';

/**
 * Erases pictures from the data folder of a station that is not running: those of one sitting, or those whose time is over; and
 * with them the faces that were added of it. What was erased stays in the ledger, by its hash.
 * @returns how many pictures
 * @throws Refusal `data-missing`, `station-running`
 */
export function eraseIn(data: string, sitting?: SittingId): number {
  const folder = openDataFolder(data, 'alone');
  try {
    const store = picturesOf(folder);
    if (sitting === undefined) {
      eraseAgedTemplates(folder.database, folder.clock.wall());
      return eraseExpired(store, folder.ledger, folder.clock.wall());
    }
    eraseTemplatesOf(folder.database, sitting);
    const own = store.ofSitting(sitting);
    return own.length > 0 ? erase(store, folder.ledger, [{ sitting, pictures: own }], 'asked') : 0;
  } finally {
    folder[Symbol.dispose]();
  }
}

/**
 * Erases a firm that used this station by a grant, from the data folder of a station that is not running: all that is kept of it,
 * and every picture of its sittings. Signed results stay, and go up as ever.
 * @returns how many pictures
 * @throws Refusal `data-missing`, `station-running`, `not-allowed-now` where it is the firm whose station this is, or one of its
 * people still sits here
 */
export function eraseTenantIn(data: string, tenant: TenantId): number {
  const folder = openDataFolder(data, 'alone');
  try {
    if (readEnrolment(folder.database)?.tenantId === tenant)
      throw new Refusal('not-allowed-now', `${tenant} is the firm whose station this is`);
    const own = sittingsOf(folder, tenant);
    const open = own.find(({ over }) => !over);
    if (open) throw new Refusal('not-allowed-now', `${open.sitting} is not over`);
    const store = picturesOf(folder);
    const pictured = own
      .map(({ sitting }) => ({ sitting, pictures: store.ofSitting(sitting) }))
      .filter(({ pictures }) => pictures.length > 0);
    const erased = erase(store, folder.ledger, pictured, 'asked');
    eraseGuest(folder.database, join(folder.path, 'rescue'), tenant);
    return erased;
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Erasing opens no picture, so it needs no key: a kiosk's is not at hand here. */
const picturesOf = (folder: DataFolder): EvidenceStore =>
  openEvidenceStore(folder.pictures(), openVault(new Uint8Array(32)));

const LAST: ReadonlySet<string> = new Set(['recorded', 'moved', 'closed']);

function sittingsOf({ ledger }: DataFolder, tenant: TenantId) {
  return ledger.sittings().flatMap((sitting) => {
    const entries = ledger.ofSitting(sitting);
    const [opened] = entries;
    if (opened?.event.type !== 'opened' || opened.event.tenantId !== tenant) return [];
    return [{ sitting, over: entries.some(({ event }) => LAST.has(event.type)) }];
  });
}
