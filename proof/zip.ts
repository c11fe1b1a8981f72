import { inflateSync } from 'fflate';
import { packedEntry, readZipDirectory, STORED, type ZipEntry } from './zip-directory.ts';

export { packedEntry, readZipDirectory, STORED, type ZipEntry } from './zip-directory.ts';

/** What an honest zip of its kind stays under. */
export type ZipLimits = {
  /** Entries, also those that nobody wants. */
  readonly entries: number;
  /** Bytes of one wanted entry, unpacked. */
  readonly each: number;
  /** Bytes of all wanted entries, unpacked. */
  readonly all: number;
};

export type Zip = {
  /** Names of the wanted entries, in their order. */
  readonly names: readonly string[];
  /**
   * Unpacks one of them.
   * @param most bytes, where this one has a limit of its own
   * @throws Error where there is none of this name, it is larger than that, or its bytes are not what the list says
   */
  read(name: string, most?: number): Uint8Array;
  /** Unpacks all wanted entries, in the order of their names. @throws Error as {@link Zip.read} */
  readAll(): ReadonlyMap<string, Uint8Array>;
};

/**
 * Reads the list of a zip, folders left out, and unpacks nothing before it is asked for: a few kilobytes can unpack to gigabytes, and one
 * entry can be listed a thousand times. No name in it ever becomes a path here.
 * @param wants which entries are of use; one that throws refuses the file
 * @throws Error where it is no zip, lists a name twice, or more than the limits allow
 */
export function openZip(bytes: Uint8Array, wants: (name: string) => boolean, limits: ZipLimits): Zip {
  const wanted = new Map<string, ZipEntry>();
  let all = 0;
  for (const entry of readZipDirectory(bytes, limits.entries)) {
    const { name, size } = entry;
    if (!wants(name)) continue;
    if (wanted.has(name)) throw new Error(`it lists ${JSON.stringify(name)} twice`);
    all += size;
    if (size > limits.each || all > limits.all) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
    wanted.set(name, entry);
  }
  return {
    names: [...wanted.keys()],
    read(name, most = limits.each) {
      const entry = wanted.get(name);
      if (!entry) throw new Error(`there is no ${JSON.stringify(name)} in it`);
      if (entry.size > most) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
      return unpackEntry(bytes, entry);
    },
    readAll: () => new Map([...wanted].toSorted(byName).map(([name, entry]) => [name, unpackEntry(bytes, entry)])),
  };
}

const byName = ([a]: readonly [string, ZipEntry], [b]: readonly [string, ZipEntry]): number => (a < b ? -1 : 1);

/**
 * Unpacks a file, whose size somebody has looked at before.
 * @throws Error as {@link packedEntry}, and where it is not as long as it is said to be
 */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = packedEntry(bytes, entry);
  const isStored = entry.method === STORED;
  // One byte more than it says: what is longer shows.
  const whole = isStored ? packed : inflateSync(packed, { out: new Uint8Array(entry.size + 1) });
  if (whole.length !== entry.size) throw new Error(`${JSON.stringify(entry.name)} is not as long as it is said to be`);
  return whole;
}
