import type { Logger } from 'pino';
import { type FaceModels, openFaceEngine } from '../../native/face/index.ts';
import { type Installed, installPackage } from '../center-link/index.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openProctors, patiently } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';

export type InstallWith = { readonly models: FaceModels; readonly log: Logger; readonly pin?: string | undefined };

/**
 * Installs an exam package into the data folder of a station that is not running.
 * @param pin a proctor's, to open it before its time
 * @throws Refusal `data-missing`, `station-running`, `key-missing`, `pin-wrong`, and as {@link installPackage}
 */
export async function installInto(
  data: string,
  bytes: Uint8Array,
  { models, log, pin }: InstallWith,
): Promise<Installed> {
  const folder = openDataFolder(data, 'alone');
  const engine = await openFaceEngine(models).catch((error) => {
    log.warn({ error: String(error) }, 'no faces: candidates of this package are checked by hand');
    return undefined;
  });
  try {
    const { database, clock } = folder;
    const vault = folder.vault();
    const [identity, roster] = [openIdentity(database, vault), openRoster(database, vault)];
    const proctors = openProctors(() => roster.proctors, clock, database);
    if (pin !== undefined) await patiently(() => proctors.authorise(pin));
    const parts = { identity, roster, banks: openBankStore(database, vault), clock, engine, log };
    return await installPackage(parts, bytes, pin !== undefined);
  } finally {
    await engine?.close();
    folder[Symbol.dispose]();
  }
}
