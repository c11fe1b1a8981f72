import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../../contract/words/reasons.ts';

/** Encrypts what is personal or secret before it reaches the disk. */
export type Vault = {
  /** AES-256-GCM. `context` says what the bytes are and whose; sealed bytes open only under the same words. */
  seal(plain: Uint8Array | string, context: string): Uint8Array;
  /** @throws Error where the bytes were altered or belong to another context */
  open(sealed: Uint8Array, context: string): Buffer;
  /** A keyed hash to look a secret up by, such as an identity number: the same for the same text, telling nothing. */
  fingerprint(text: string): string;
  /** Another vault with a key of its own, made from this one's: what it sealed opens under no other name. */
  for(owner: string): Vault;
};

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 bytes, from the operating system's key store in the kiosk, else from `keyFromFile` */
export function openVault(key: Uint8Array): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `exam-station/${purpose}`, 32));
  const sealKey = derive('seal');
  const lookupKey = derive('lookup');
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(context),
      );
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    },
    fingerprint: (text) => createHmac('sha256', lookupKey).update(text).digest('hex'),
    for: (owner) => openVault(derive(`owner/${owner}`)),
  };
}

/**
 * The fallback where no operating system key store is at hand: a key file that only this user may read. It protects a
 * copied database, not a stolen disk; `doctor` says so.
 * @param mayCreate false where something was sealed already: a new key would open none of it, and hide that one is lost
 * @throws Refusal `key-missing`
 */
export function keyFromFile(path: string, { mayCreate = true } = {}): Uint8Array {
  if (!existsSync(path)) {
    if (!mayCreate) throw new Refusal('key-missing', path);
    createKeyFile(path);
  }
  chmodSync(path, 0o600);
  const key = readFileSync(path);
  if (key.length !== 32) throw new Refusal('key-missing', `${path} is not a 32-byte key`);
  return key;
}

/** The key in a file, for whoever only looks: nothing is made, nothing is changed. */
export function readKeyFile(path: string): Uint8Array | undefined {
  const key = existsSync(path) ? readFileSync(path) : undefined;
  return key?.length === 32 ? key : undefined;
}

/** Whole or not at all, even if the power goes meanwhile: without this key nothing that was sealed can be opened. */
function createKeyFile(path: string): void {
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, randomBytes(32));
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
