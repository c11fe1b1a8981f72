import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { writeSecretFile } from '../base/index.ts';

/** 192 random bits: there is nothing to guess, so a fast hash is enough. */
export const makeSecret = (): string => randomBytes(24).toString('base64url');

export type SecretOf = 'login' | 'ticket' | 'account' | 'set-up' | 'program';
export const hashOfSecret = (of: SecretOf, secret: string): Sha256 => sha256(`account-${of}:${secret}`);

const SIZE = 32;
const NONCE = 12;
const TAG = 16;

const keys = new Map<string, Promise<Buffer>>();

/** What a database is copied without: the key that factors are sealed with, in a file of the data folder (mode 0600). */
function keyOf(data: string): Promise<Buffer> {
  const known = keys.get(data);
  if (known) return known;
  const key = readOrMake(join(data, 'accounts.key'));
  keys.set(data, key);
  key.catch(() => keys.delete(data));
  return key;
}

async function readOrMake(file: string): Promise<Buffer> {
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept && kept.length !== SIZE) throw new Error(`${file} is no key: bring it back from a backup`);
  if (kept) return kept;
  const made = randomBytes(SIZE);
  await writeSecretFile(file, made);
  return made;
}

const keyFor = async (data: string, use: string): Promise<Buffer> =>
  Buffer.from(hkdfSync('sha256', await keyOf(data), '', `exam-station/${use}`, SIZE));

/** AES-256-GCM; `whose` is bound to it, so that nobody's is put in the place of somebody else's. */
export async function seal(data: string, whose: string, plain: Uint8Array): Promise<Buffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', await keyFor(data, 'totp'), nonce).setAAD(Buffer.from(whose));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error where it was sealed with another key, or for somebody else */
export async function unseal(data: string, whose: string, sealed: Uint8Array): Promise<Buffer> {
  const key = await keyFor(data, 'totp');
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE)).setAAD(Buffer.from(whose));
  cipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([cipher.update(sealed.subarray(NONCE, -TAG)), cipher.final()]);
}

/** Of a recovery code, which has 50 bits: whoever has the database alone cannot try them all. */
export const hashOfCode = async (data: string, whose: string, code: string): Promise<string> =>
  createHmac('sha256', await keyFor(data, 'recovery'))
    .update(`${whose}:${code}`)
    .digest('hex');
