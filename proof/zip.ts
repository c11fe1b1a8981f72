import { type UnzipFileInfo, unzipSync } from 'fflate';

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
 * Reads the list of a zip, and unpacks nothing before it is asked for: a few kilobytes can unpack to gigabytes, and one
 * entry can be listed a thousand times. No name in it ever becomes a path here.
 * @param wants which entries are of use; one that throws refuses the file
 * @throws Error where it is no zip, lists a name twice, or more than the limits allow
 */
export function openZip(bytes: Uint8Array, wants: (name: string) => boolean, limits: ZipLimits): Zip {
  const sizes = new Map<string, number>();
  let [entries, all] = [0, 0];
  listZip(bytes, ({ name, originalSize }) => {
    entries += 1;
    if (entries > limits.entries) throw new Error(`it lists more than ${limits.entries} entries`);
    if (!wants(name)) return;
    if (sizes.has(name)) throw new Error(`it lists ${JSON.stringify(name)} twice`);
    all += originalSize;
    if (originalSize > limits.each || all > limits.all) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
    sizes.set(name, originalSize);
  });
  const checked = (name: string, entry: Uint8Array | undefined): Uint8Array => {
    if (entry?.length !== sizes.get(name))
      throw new Error(`${JSON.stringify(name)} is not as long as it is said to be`);
    return entry as Uint8Array;
  };
  return {
    names: [...sizes.keys()],
    read(name, most = limits.each) {
      const size = sizes.get(name);
      if (size === undefined) throw new Error(`there is no ${JSON.stringify(name)} in it`);
      if (size > most) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
      return checked(name, unzipSync(bytes, { filter: (file) => file.name === name })[name]);
    },
    readAll() {
      // One after the other would run through the list for each of them.
      const all = unzipSync(bytes, { filter: ({ name }) => sizes.has(name) });
      return new Map([...sizes.keys()].toSorted().map((name) => [name, checked(name, all[name])]));
    },
  };
}

function listZip(bytes: Uint8Array, see: (file: UnzipFileInfo) => void): void {
  unzipSync(bytes, {
    filter(file) {
      see(file);
      return false;
    },
  });
}
