import { posix } from 'node:path';
import { Inflate } from 'fflate';
import { packedEntry, readZipDirectory, STORED, unpackEntry, type ZipEntry } from '../../proof/zip.ts';
import { unescapeAddress } from './passage.ts';

/**
 * A zip whose files speak of each other. Nothing is unpacked before it is asked for, and nothing is written to disk: no name
 * in it can lead anywhere.
 */
export type Package = {
  /** Of its files, with slashes, in their order. */
  readonly names: readonly string[];
  /** The name of what stands at a path, however the path is written: nothing where nothing does, or several things. */
  find(path: string): string | undefined;
  /**
   * Unpacks a file.
   * @throws Error where there is none of this name, or it cannot be unpacked
   */
  read(name: string): Uint8Array;
  /** Unpacks a file in pieces, and says after each how far it is, 0..1. @throws Error as {@link Package.read} */
  readInPieces(name: string, take: (piece: Uint8Array, last: boolean) => void): Generator<number, void>;
  /** Bytes that a file says to unpack to. */
  sizeOf(name: string): number;
};

/**
 * Opens a zip by its list, which is where names and sizes are; data descriptors and sizes beyond four gigabytes are at home there.
 * What systems leave behind (`__MACOSX`, `.DS_Store`) is no part of it.
 * @param most entries
 * @throws Error where it is no zip, lists a name twice, or too many
 */
export function openPackage(bytes: Uint8Array, most: number): Package {
  const entries = new Map<string, ZipEntry>();
  const folded = new Map<string, string | undefined>();
  for (const entry of readZipDirectory(bytes, most)) {
    if (isLeftBehind(entry.name)) continue;
    if (entries.has(entry.name)) throw new Error(`it lists ${JSON.stringify(entry.name)} twice`);
    entries.set(entry.name, entry);
    const key = fold(entry.name);
    folded.set(key, folded.has(key) ? undefined : entry.name);
  }
  for (const { name, otherName } of entries.values())
    if (otherName !== undefined && !folded.has(fold(otherName))) folded.set(fold(otherName), name);
  const entryOf = (name: string): ZipEntry => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`there is no ${JSON.stringify(name)} in it`);
    return entry;
  };
  return {
    names: [...entries.keys()],
    find: (path) => (entries.has(path) ? path : folded.get(fold(path))),
    read: (name) => unpackEntry(bytes, entryOf(name)),
    readInPieces: (name, take) => unpackInPieces(bytes, entryOf(name), take),
    sizeOf: (name) => entryOf(name).size,
  };
}

/** What systems write beside the files of somebody. */
const isLeftBehind = (name: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$)/i.test(name);

/** Windows takes no heed of case, addresses are escaped, and macOS takes letters with marks apart. */
const fold = (path: string): string =>
  posix.normalize(unescapeAddress(path.replaceAll('\\', '/')).normalize('NFC').toLowerCase()).replace(/^\/+/, '');

const STEP = 1 << 16;

function* unpackInPieces(
  bytes: Uint8Array,
  entry: ZipEntry,
  take: (piece: Uint8Array, last: boolean) => void,
): Generator<number, void> {
  const packed = packedEntry(bytes, entry);
  const inflate = entry.method === STORED ? undefined : new Inflate(take);
  for (let at = 0; at === 0 || at < packed.length; at += STEP) {
    const [piece, last] = [packed.subarray(at, at + STEP), at + STEP >= packed.length];
    if (inflate) inflate.push(piece, last);
    else take(piece, last);
    yield Math.min(1, (at + STEP) / Math.max(1, packed.length));
  }
}
