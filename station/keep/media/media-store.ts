import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Sha256 } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';

/**
 * What courses show, each a file that is called what its bytes hash to. Nothing of it is personal, and nothing sealed: many
 * stations have the same films, and a page reads parts of them.
 */
export type MediaStore = {
  readonly folder: string;
  has(hash: Sha256): boolean;
  /** @throws Refusal `media-missing` */
  read(hash: Sha256): Uint8Array;
  /** How much is here of one whose transfer broke off. */
  partOf(hash: Sha256): number;
  /**
   * Takes one over, and has it once it is on disk, whole.
   * @param from what is here of it already is kept up to there
   * @throws Refusal `hash-mismatch` where it is not what it is called, or larger than it was said to be
   */
  receive(what: { hash: Sha256; bytes: number }, from: number, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Takes a file over that lies elsewhere on the same disk. @returns whether it is this one; then it is not there any more */
  adopt(hash: Sha256, file: string): Promise<boolean>;
  /** Erases these, where they are here. */
  erase(hashes: Iterable<Sha256>): void;
  /** What courses show now; what none showed for long is erased. @returns how many */
  keepOnly(wanted: ReadonlySet<Sha256>, nowMs: number): number;
};

/** A course that was taken off the list may be put back on it. */
const KEPT_MS = 30 * 86_400_000;
const PART = '.part';

export function openMediaStore(data: string): MediaStore {
  const folder = join(data, 'media');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const here = new Set(readdirSync(folder).flatMap((name) => Sha256.safeParse(name).data ?? []));
  const pathOf = (hash: Sha256): string => join(folder, hash);
  const partPath = (hash: Sha256): string => `${pathOf(hash)}${PART}`;

  /** From now on it is here, also after a power cut. */
  const settle = async (hash: Sha256, file: string): Promise<void> => {
    await synced(file);
    await rename(file, pathOf(hash));
    await synced(folder);
    here.add(hash);
  };
  const erase = (hashes: Iterable<Sha256>): void => {
    for (const hash of hashes) {
      for (const path of [pathOf(hash), partPath(hash)]) rmSync(path, { force: true });
      here.delete(hash);
    }
  };
  return {
    folder,
    has: (hash) => here.has(hash),
    read(hash) {
      if (!here.has(hash)) throw new Refusal('media-missing', hash);
      return readFileSync(pathOf(hash));
    },
    partOf: (hash) => statSync(partPath(hash), { throwIfNoEntry: false })?.size ?? 0,
    async receive({ hash, bytes }, from, chunks) {
      const part = partPath(hash);
      await write(part, from, bytes, chunks);
      if ((await hashOfFile(part)) !== hash) {
        rmSync(part, { force: true });
        throw new Refusal('hash-mismatch', hash);
      }
      await settle(hash, part);
    },
    async adopt(hash, file) {
      // Out of everybody's reach before it is looked at.
      const part = partPath(hash);
      await rename(file, part);
      if ((await hashOfFile(part)) === hash) return settle(hash, part).then(() => true);
      await rename(part, file);
      return false;
    },
    erase,
    keepOnly(wanted, nowMs) {
      const old = [...here].filter((hash) => {
        if (wanted.has(hash)) utimesSync(pathOf(hash), nowMs / 1000, nowMs / 1000);
        return !wanted.has(hash) && nowMs - statSync(pathOf(hash)).mtimeMs > KEPT_MS;
      });
      erase(old);
      return old.length;
    },
  };
}

/** Also of a folder: that a name in it is another one now is on disk only then. */
async function synced(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined);
  // Windows opens no folder; its file system keeps names in order by itself.
  await file?.sync().catch(() => undefined);
  await file?.close();
}

async function write(path: string, from: number, most: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, from > 0 ? 'r+' : 'w', 0o600);
  try {
    await file.truncate(from);
    let at = from;
    for await (const chunk of chunks) {
      if (at + chunk.length > most) throw new Refusal('hash-mismatch', 'larger than it was said to be');
      await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Piece by piece: a film does not fit into memory. */
export async function hashOfFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return Sha256.parse(hash.digest('hex'));
}
