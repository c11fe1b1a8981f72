import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { MEDIA_MAX_BYTES, type MediaType } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { MEDIA_START_BYTES, mediaTypeOf } from '../../contract/words/media-type.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type ByteRange, DRAFT, type ObjectKey, type Objects } from '../objects/index.ts';

/** Films and documents by their hash, once for whoever has them: who may see which, the table says. */
export const mediaKey = (hash: Sha256): ObjectKey => `media/${hash}`;
/** Where they are written, until they are whole. */
const folderOf = (data: string): string => join(data, 'media');

/**
 * Writes bytes as they come, and keeps them if they are what they are called.
 * @throws Refusal `hash-mismatch`, `media-type-unknown`, `media-too-large`, `objects-away`: then nothing is kept
 */
export async function writeMedia(
  { data, objects }: Pick<Center, 'data' | 'objects'>,
  hash: Sha256,
  pieces: AsyncIterable<Uint8Array>,
  most = MEDIA_MAX_BYTES,
): Promise<{ readonly type: MediaType; readonly bytes: number }> {
  await mkdir(folderOf(data), { recursive: true, mode: 0o700 });
  const draft = join(folderOf(data), `${randomUUID()}${DRAFT}`);
  try {
    const written = await write(draft, pieces, most);
    if (written.hash !== hash) throw new Refusal('hash-mismatch', `these bytes are ${written.hash}`);
    const type = mediaTypeOf(written.start);
    if (!type) throw new Refusal('media-type-unknown', hash);
    await objects.take(mediaKey(hash), draft);
    return { type, bytes: written.bytes };
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function write(file: string, pieces: AsyncIterable<Uint8Array>, most: number) {
  const [sum, handle] = [createHash('sha256'), await open(file, 'wx', 0o600)];
  let bytes = 0;
  let start = new Uint8Array();
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > most) throw new Refusal('media-too-large', `${most} bytes at most`);
      if (start.length < MEDIA_START_BYTES)
        start = Uint8Array.from([...start, ...piece.subarray(0, MEDIA_START_BYTES - start.length)]);
      sum.update(piece);
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, start, hash: sum.digest('hex') };
}

/** @throws Refusal `media-missing` where somebody took it away; `objects-away` */
export async function readMedia(objects: Objects, hash: Sha256, range?: ByteRange): Promise<Readable> {
  const read = await objects.read(mediaKey(hash), range);
  if (!read) throw new Refusal('media-missing', hash);
  return read;
}

/** Another program that writes into the same folder brings something within so long. */
const LEFT_MS = 3_600_000;

/** What was being written when a program ended. */
export async function clearMediaDrafts(data: string, now = Date.now()): Promise<void> {
  const names = await readdir(folderOf(data)).catch((): string[] => []);
  for (const name of names.filter((one) => one.endsWith(DRAFT))) {
    const file = join(folderOf(data), name);
    const { mtimeMs = now } = (await stat(file).catch(() => undefined)) ?? {};
    if (now - mtimeMs > LEFT_MS) await rm(file, { force: true });
  }
}
