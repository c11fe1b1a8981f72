import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Refusal } from '../../contract/words/reasons.ts';
import { openFaceEngine } from '../../native/face/index.ts';
import { type Installed, installPackage } from '../center-link/packages/index.ts';
import { systemClock } from '../core/clock/index.ts';
import { lockFolder, openDatabase } from '../core/database/index.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openProctors, patiently } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';

/**
 * Installs an exam package into the data folder of a station that is not running.
 * @param pin a proctor's, to open it before its time
 * @throws Refusal `data-missing`, `station-running`, `key-missing`, `pin-wrong`, and as {@link installPackage}
 */
export async function installInto(data: string, bytes: Uint8Array, log: Logger, pin?: string): Promise<Installed> {
  const file = join(data, 'station.db');
  if (!existsSync(file)) throw new Refusal('data-missing', data);
  const lock = lockFolder(data);
  const database = openDatabase(file);
  const engine = await openFaceEngine().catch((error) => {
    log.warn({ error: String(error) }, 'no faces: candidates of this package are checked by hand');
    return undefined;
  });
  try {
    const clock = systemClock();
    const vault = openVault(keyFromFile(join(data, 'vault.key'), { mayCreate: false }));
    const [identity, roster] = [openIdentity(database, vault), openRoster(database, vault)];
    const proctors = openProctors(() => roster.proctors, clock, database);
    if (pin !== undefined) await patiently(() => proctors.authorise(pin));
    const parts = { identity, roster, banks: openBankStore(database, vault), clock, engine, log };
    return await installPackage(parts, bytes, pin !== undefined);
  } finally {
    await engine?.close();
    database.close();
    lock[Symbol.dispose]();
  }
}
