import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Log } from '../log.ts';
import { writeDurably } from './durable-file.ts';
import type { KeyStore } from './key-store.ts';

export type VaultKeyParts = {
  readonly store: KeyStore;
  readonly platform: NodeJS.Platform;
  /** The sealed key lies here, apart from the data it opens. */
  readonly userData: string;
  readonly data: string;
  readonly log: Log;
};

const KEY_BYTES = 32;
/** How Chromium on Linux marks what it "encrypted" with a password that is in its source code. */
const NO_SECRET = 'v10';

/**
 * The key of the station's vault, sealed by the operating system. `undefined` where there is no key store: the station
 * then uses its key file, and the log says so.
 * @throws Refusal `key-unreachable`, `key-missing` where data exists that only a key out of reach can open
 */
export async function openVaultKey({
  store,
  platform,
  userData,
  data,
  log,
}: VaultKeyParts): Promise<Uint8Array | undefined> {
  const sealedPath = sealedKeyPath(userData, data);
  const keyFile = join(data, 'vault.key');
  const why = await unusable(store, platform);

  const [sealed, plain] = [existsSync(sealedPath), existsSync(keyFile)];
  if (sealed) {
    if (why) throw new Refusal('key-unreachable', `${sealedPath} cannot be opened here: ${why}`);
    return open(store, sealedPath);
  }
  if (!plain && existsSync(join(data, 'station.db'))) {
    const where = `neither in ${keyFile} nor in ${sealedPath}`;
    throw new Refusal(
      'key-missing',
      `${data} holds data, but its key is ${where}. Put the key back, or begin with an empty folder.`,
    );
  }
  if (why) {
    const less = "The station's key lies in a file, which protects a copied database, but not a stolen disk";
    log('warn', `${less}: ${why}`, { keyFile });
    return undefined;
  }
  const key = plain ? readFileSync(keyFile) : randomBytes(KEY_BYTES);
  await seal(store, sealedPath, key);
  if (plain) {
    rmSync(keyFile);
    log('info', 'the key moved from its file into the key store of the operating system', { keyFile });
  }
  return new Uint8Array(key);
}

/** One key for one data folder: two folders on one machine have nothing to do with each other. */
export function sealedKeyPath(userData: string, data: string): string {
  const name = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 16);
  return join(userData, 'vault-keys', `${name}.sealed`);
}

/** Why the key store cannot be used, in words for whoever installs the kiosk. */
async function unusable(store: KeyStore, platform: NodeJS.Platform): Promise<string | undefined> {
  if (!(await store.isAsyncEncryptionAvailable())) return 'the key store of the operating system does not answer.';
  if (platform !== 'linux' || !(await isBasicText(store))) return undefined;
  const found =
    'no key store runs in this session, and the built-in one (basic_text) uses a password everybody can read.';
  return `${found} Install and unlock gnome-keyring or kwallet for the kiosk user.`;
}

/**
 * The backend's name is guessed from the desktop; what is really used shows in what it makes. A kiosk without a desktop is
 * refused by its name even where a key store would answer: the way out is to say --password-store=gnome-libsecret.
 */
async function isBasicText(store: KeyStore): Promise<boolean> {
  if (store.getSelectedStorageBackend() === 'basic_text') return true;
  const probe = await store.encryptStringAsync('probe');
  return probe.subarray(0, NO_SECRET.length).toString('latin1') === NO_SECRET;
}

async function open(store: KeyStore, path: string): Promise<Uint8Array> {
  const { result, shouldReEncrypt } = await store.decryptStringAsync(readFileSync(path));
  const key = Buffer.from(result, 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${path} does not hold a key.`);
  if (shouldReEncrypt) writeDurably(path, await store.encryptStringAsync(result));
  return new Uint8Array(key);
}

/** Nothing is encrypted under a key before that key is on the disk and proven to come back. */
async function seal(store: KeyStore, path: string, key: Buffer): Promise<void> {
  if (key.length !== KEY_BYTES) throw new Error('The key file of the station is damaged: it must hold 32 bytes.');
  const text = key.toString('base64');
  const sealed = await store.encryptStringAsync(text);
  const { result } = await store.decryptStringAsync(sealed);
  if (result !== text) throw new Error('The key store does not give back what it sealed.');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeDurably(path, sealed);
}
