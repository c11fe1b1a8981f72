import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { Sha256 } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../hash.ts';
import { openZip } from '../zip.ts';
import type { Agreement } from './exchange.ts';

/**
 * A file that only its recipient can open, a station or an inspector: a zip of `content.bin` (gzipped JSON, AES-256-GCM, nonce first, tag last) and of
 * signed statements beside it, which say what it is, for whom, and by {@link Sealing} which content and key are meant.
 */
export const Sealing = z.object({
  /** SHA-256 of `content.bin`. */
  contentHash: Sha256,
  /** The other half of the agreement on the key, base64url. */
  ephemeral: z.string().length(43),
});
export type Sealing = z.infer<typeof Sealing>;

const CONTENT = 'content.bin';
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/**
 * @param agreement on a key that only its recipient can find again
 * @param statements the entries beside the content, given what they have to sign
 */
export function sealFile<Name extends string>(
  content: unknown,
  { key, ephemeral }: Agreement,
  statements: (sealing: Sealing) => Readonly<Record<Name, string>>,
): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const plain = gzipSync(JSON.stringify(content));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const signed = Object.entries<string>(statements({ contentHash: sha256(sealed), ephemeral }));
  const entries = signed.map(([name, text]) => [name, Buffer.from(text)] as const);
  return zipSync({ ...Object.fromEntries(entries), [CONTENT]: sealed }, { level: 0 });
}

export type Unpacked<Name extends string> = {
  readonly statements: Readonly<Record<Name, string>>;
  /** Unpacks the content: after the statements have been found to be signed. @throws Error */
  readonly content: () => Uint8Array;
};

/** A JWS is a few hundred bytes. */
const MOST_STATEMENT_BYTES = 65_536;

/**
 * Takes the statements out of a file: entries of these names beside the content, and nothing else.
 * @throws Error where it is no such file
 */
export function unpackFile<Name extends string>(
  bytes: Uint8Array,
  names: readonly Name[],
  mostBytes: number,
): Unpacked<Name> {
  const all: readonly string[] = [...names, CONTENT];
  const wants = (name: string): boolean => {
    if (!all.includes(name)) throw new Error(`holds ${JSON.stringify(name)}`);
    return true;
  };
  const zip = openZip(bytes, wants, { entries: all.length, each: mostBytes, all: 2 * mostBytes });
  if (zip.names.length < all.length) throw new Error('something is missing in it');
  const texts = names.map((name) => {
    const entry = zip.read(name, MOST_STATEMENT_BYTES);
    return [name, Buffer.from(entry).toString('utf8')] as const;
  });
  return { statements: Object.fromEntries(texts) as Record<Name, string>, content: () => zip.read(CONTENT) };
}

/** Finds the key of a sealed file from the half that came with it: for each key of its recipient, where they had several. */
export type KeyFrom = (ephemeral: string) => Buffer | readonly Buffer[];

/**
 * @param keyFrom what only the recipient can do: finds the key again from the other half, for each key that they have or had
 * @returns what was put in, as JSON tells it
 * @throws Error where the content is not the one that was signed, or cannot be opened
 */
export function openContent(
  content: Uint8Array,
  { contentHash, ephemeral }: Sealing,
  keyFrom: KeyFrom,
  mostBytes: number,
): unknown {
  if (sha256(content) !== contentHash) throw new Error('the content was changed');
  const plain = openedWith([keyFrom(ephemeral)].flat(), Buffer.from(content));
  return JSON.parse(gunzipSync(plain, { maxOutputLength: mostBytes }).toString('utf8'));
}

/** With the first that opens it. @throws Error that of the last, where none does */
function openedWith([key, ...others]: readonly Buffer[], bytes: Buffer): Buffer {
  if (!key) throw new Error('there is no key to open it with');
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    if (others.length === 0) throw error;
    return openedWith(others, bytes);
  }
}

/** Whatever is wrong with such a file, it is refused for one reason. @throws Refusal */
export function orRefuse<T>(reason: Reason, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Refusal(reason, (error as Error).message);
  }
}
