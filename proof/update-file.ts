import { createHash } from 'node:crypto';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Update } from '../contract/shell/update.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { Refusal } from '../contract/words/reasons.ts';
import { keyId, type Signer, verifyJws } from './jws.ts';

/**
 * An update as one file: a first line with the signed statement, then the package as it is. It is read and written piece by
 * piece: a package of some hundred megabytes is never in memory.
 */
const JWS_TYPE = 'exam-station/update';
/** What an honest first line stays under. */
const MOST_STATEMENT_BYTES = 4096;

export type UpdatePlan = Pick<Update, 'version' | 'platform' | 'arch' | 'notBefore' | 'follows'>;

/**
 * @param out must not be there yet
 * @throws Error where the package cannot be signed for, or changes meanwhile; then nothing is left in `out`
 */
export async function writeUpdate(plan: UpdatePlan, path: string, out: string, signer: Signer): Promise<Update> {
  const [bytes, sha256] = [statSync(path).size, await hashOfFile(path)];
  const name = basename(path);
  const update = Update.parse({ format: 'exam-station/update@1', ...plan, name, sha256, bytes });
  const file = await open(out, 'wx');
  try {
    await file.write(`${signer.sign(JWS_TYPE, update)}\n`);
    const copied = await copyInto(createReadStream(path), file);
    if (copied !== sha256) throw new Error(`${path} was changed while it was read`);
    return update;
  } catch (error) {
    rmSync(out);
    throw error;
  } finally {
    await file.close();
  }
}

export type UpdateFile = {
  readonly update: Update;
  /**
   * Copies the package to where nothing is yet, and leaves it there only if it is what was signed.
   * @throws Refusal `update-invalid`
   */
  unpackTo(path: string): Promise<void>;
};

/**
 * Reads what an update says of itself, if this key signed it.
 * @throws Refusal `update-invalid` (no update, cut off, changed), `update-unsigned` (of another key, or changed)
 */
export async function openUpdate(path: string, key: PublicKey): Promise<UpdateFile> {
  const statement = await firstLine(path);
  const signed = verifyJws(statement, JWS_TYPE, key);
  if (signed === undefined) throw new Refusal('update-unsigned', `not signed by the key ${keyId(key)}`);
  const { data: update } = Update.safeParse(signed);
  if (!update) throw new Refusal('update-invalid', 'what was signed has another form');
  const start = statement.length + 1;
  const there = statSync(path).size - start;
  if (there !== update.bytes) throw new Refusal('update-invalid', `${there} bytes of ${update.bytes}`);
  return { update, unpackTo: (to) => unpack(path, start, update, to) };
}

async function unpack(path: string, start: number, { sha256 }: Update, to: string): Promise<void> {
  const file = await open(to, 'wx', 0o600);
  let whole = false;
  try {
    whole = (await copyInto(createReadStream(path, { start }), file)) === sha256;
    await file.sync();
  } finally {
    await file.close();
    if (!whole) rmSync(to);
  }
  if (!whole) throw new Refusal('update-invalid', 'the package was changed');
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_STATEMENT_BYTES), 0, MOST_STATEMENT_BYTES, 0);
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    if (end < 0) throw new Refusal('update-invalid', 'it does not begin with a statement');
    // One byte, one character: what is no base64url is then refused with the signature, and lengths are bytes.
    return buffer.toString('latin1', 0, end);
  } finally {
    await file.close();
  }
}

async function hashOfFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex') as Sha256;
}

/** @returns the hash of what was written */
async function copyInto(from: AsyncIterable<Buffer>, to: FileHandle): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const chunk of from) {
    hash.update(chunk);
    await to.writeFile(chunk);
  }
  return hash.digest('hex') as Sha256;
}
