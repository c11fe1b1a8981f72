import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { decodeEntryName, pathInPackage } from './entry-name.ts';

/** Why a file is not read as a package. */
export type PackageReason =
  /** It is no zip, a broken one, or packed in a way that nobody here unpacks. */
  | 'package-unreadable'
  | 'package-encrypted'
  /** Two entries have one name: who reads it another way would see another package. */
  | 'package-entry-twice'
  /** An entry leads out of it. */
  | 'package-path-outside'
  /** It has too many entries, or unpacks to too much. */
  | 'package-too-large';

/** Nothing was inflated when this is thrown. */
export class PackageTrouble extends Error {
  readonly reason: PackageReason;
  constructor(reason: PackageReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export const PACKAGE_LIMITS = {
  entries: 10_000,
  /** Of all entries, unpacked. */
  bytes: 2_000_000_000,
  /** So many times its own size may come out of it, once that is more than `freeBytes`. */
  ratio: 100,
  freeBytes: 20_000_000,
} as const;

/** A package, read entry by entry: nothing of it is ever unpacked to the disk. */
export type OpenPackage = {
  /** How large each file of it is, by its path. */
  readonly files: ReadonlyMap<string, number>;
  /** @returns its bytes, never more than `files` says; the stream fails where there are others. Nothing where it has no such file */
  read(path: string): Promise<Readable | undefined>;
  close(): void;
};

/**
 * Opens a zip by what its directory says, and holds it to that.
 * @throws PackageTrouble, and what opening a file throws
 */
export async function openPackage(path: string, limits: Limits = PACKAGE_LIMITS): Promise<OpenPackage> {
  // Names are decoded here; what they are checked for as well.
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false }).catch(unreadable);
  try {
    const entries = await directoryOf(zip, limits);
    return {
      files: new Map([...entries].map(([name, { uncompressedSize }]) => [name, uncompressedSize])),
      async read(name) {
        const entry = entries.get(name);
        return entry && zip.openReadStreamPromise(entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

type Limits = { readonly [K in keyof typeof PACKAGE_LIMITS]: number };

async function directoryOf(zip: ZipFile, limits: Limits): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  let [packed, unpacked] = [0, 0];
  if (zip.entryCount > limits.entries)
    throw new PackageTrouble('package-too-large', `${zip.entryCount} entries, ${limits.entries} at most`);
  for await (const entry of eachEntry(zip)) {
    const name = decodeEntryName(entry.fileNameRaw, entry.generalPurposeBitFlag);
    const folder = /[\\/]$/.test(name);
    const path = pathInPackage(folder ? name.slice(0, -1) : name);
    if (path === undefined) throw new PackageTrouble('package-path-outside', JSON.stringify(name));
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    mustBeAsLarge(zip, packed, unpacked, limits);
    if (folder) continue;
    if (entry.isEncrypted()) throw new PackageTrouble('package-encrypted', path);
    if (!entry.canDecodeFileData())
      throw new PackageTrouble('package-unreadable', `${path}: packed by method ${entry.compressionMethod}`);
    if (entries.has(path)) throw new PackageTrouble('package-entry-twice', path);
    entries.set(path, entry);
  }
  return entries;
}

function mustBeAsLarge({ fileSize }: ZipFile, packed: number, unpacked: number, limits: Limits): void {
  if (packed > fileSize) throw new PackageTrouble('package-unreadable', 'its entries lie in each other');
  if (unpacked > limits.bytes)
    throw new PackageTrouble('package-too-large', `it unpacks to more than ${limits.bytes} bytes`);
  if (unpacked > limits.freeBytes && unpacked > fileSize * limits.ratio)
    throw new PackageTrouble('package-too-large', `it unpacks to more than ${limits.ratio} times its size`);
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    if (error instanceof PackageTrouble) throw error;
    unreadable(error);
  }
}

function unreadable(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  // What the disk says is no fault of the package.
  throw code ? error : new PackageTrouble('package-unreadable', message);
}
