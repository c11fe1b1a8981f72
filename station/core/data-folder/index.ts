import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../../contract/words/reasons.ts';
import { makePrivateFolder } from '../../../proof/secrets/private-files.ts';
import { type Clock, systemClock } from '../clock/index.ts';
import { type Database, isLocked, lockFolder, mustBeWhole, openDatabase, openReadOnly } from '../database/index.ts';
import { type Ledger, openLedger } from '../ledger/index.ts';
import { SittingEvent } from '../sitting/index.ts';
import { keyFromFile, openVault, readKeyFile, type Vault } from '../vault/index.ts';

/** The folder that holds everything a station keeps, opened: by the station that runs on it, or by a tool. */
export type DataFolder = Disposable & {
  readonly path: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly ledger: Ledger<SittingEvent>;
  /** What is personal or secret in it. @throws Refusal `key-missing` where the key is not in the folder and was not given */
  vault(): Vault;
  /** Pictures lie in a file of their own. */
  pictures(): Database;
};

/**
 * `alone`: nothing else runs on it, and nothing will while it is open. `beside`: a station may run on it at the same time;
 * tables are brought up to date. `only-look`: whether a station runs or not, nothing in it is changed.
 */
export type Access = 'alone' | 'beside' | 'only-look';

/** @throws Refusal `data-missing`, `station-running` where somebody wants it alone, `data-damaged` */
export function openDataFolder(path: string, access: Access): DataFolder {
  const file = databaseOf(path);
  if (!existsSync(file)) throw new Refusal('data-missing', path);
  const lock = access === 'alone' ? lockFolder(path) : undefined;
  return closingOnTrouble(lock, () => {
    const database = access === 'only-look' ? openReadOnly(file) : openDatabase(file);
    return folderOf(path, database, lock, () => keyFromFile(keyFileOf(path), { mayCreate: false }));
  });
}

/**
 * For the station itself: makes what is missing, takes all that lies there from everybody else, and looks the database
 * through.
 * @param key 32 bytes from the key store of the operating system; without it a key file in the folder
 * @throws Refusal `station-running`, `key-missing`, `data-damaged`
 */
export function makeDataFolder(path: string, key?: Uint8Array): DataFolder {
  makePrivateFolder(path);
  const lock = lockFolder(path);
  return closingOnTrouble(lock, () => {
    // The key before the database: a start that is cut short between them can simply be repeated.
    const opened = key ?? keyFromFile(keyFileOf(path), { mayCreate: !existsSync(databaseOf(path)) });
    const database = openDatabase(databaseOf(path));
    mustBeWhole(database);
    return folderOf(path, database, lock, () => opened);
  });
}

function folderOf(path: string, database: Database, lock: Disposable | undefined, key: () => Uint8Array): DataFolder {
  const clock = systemClock();
  let vault: Vault | undefined;
  let pictures: Database | undefined;
  let ledger: Ledger<SittingEvent> | undefined;
  return {
    path,
    clock,
    database,
    get ledger() {
      // Whoever only looks at tables that an older program wrote may have no use for this one.
      ledger ??= openLedger(database, clock, SittingEvent.parse);
      return ledger;
    },
    vault() {
      vault ??= openVault(key());
      return vault;
    },
    pictures() {
      pictures ??= openDatabase(join(path, 'evidence.db'));
      return pictures;
    },
    [Symbol.dispose]() {
      pictures?.close();
      database.close();
      lock?.[Symbol.dispose]();
    },
  };
}

function closingOnTrouble<T>(lock: Disposable | undefined, open: () => T): T {
  try {
    return open();
  } catch (error) {
    lock?.[Symbol.dispose]();
    throw error;
  }
}

/** Whether a station has ever kept something here. */
export const isDataFolder = (path: string): boolean => existsSync(databaseOf(path));

/** Whether a station runs on the folder. */
export const stationRunsOn = (path: string): boolean => existsSync(path) && isLocked(path);

/** The key that lies in the folder, if one does: a kiosk's lies in the key store. */
export const keyIn = (path: string): Uint8Array | undefined => readKeyFile(keyFileOf(path));

const databaseOf = (path: string): string => join(path, 'station.db');
const keyFileOf = (path: string): string => join(path, 'vault.key');
