import { type ReadName, readNames, type WrittenName } from './zip-names.ts';

/** A line of the list at the end of a zip. Nothing of it has been looked at but what the list says. */
export type ZipEntry = {
  /** With slashes, from the root of the package. */
  readonly name: string;
  /** What it reads as in the other encoding that it may be in. */
  readonly otherName?: string;
  /** Bytes: where its own head stands, how long it is there, and how long it says to become. */
  readonly at: number;
  readonly packed: number;
  readonly size: number;
  /** 0 as it is, 8 deflated; nobody packs otherwise who wants to be read. */
  readonly method: number;
  readonly encrypted: boolean;
};

const [END, END_64, LOCATOR_64, LINE] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50];
const [END_LENGTH, LOCATOR_LENGTH, LINE_LENGTH] = [22, 20, 46];
const LONG = 0xffffffff;
/** Behind the end there may be a note, no longer than this. */
const LONGEST_NOTE = 0xffff;

/**
 * The files that a zip lists, in their order, folders left out. Source: PKWARE APPNOTE 6.3.
 * @param most how many lines it may have, those of folders too
 * @throws Error where it is no zip, or lists more
 */
export function readZipDirectory(bytes: Uint8Array, most: number): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const { count, from } = directoryOf(view);
    if (count > most) throw new Error(`it lists more than ${most} entries`);
    const lines: Line[] = [];
    for (let [n, at] = [0, from]; n < count; n += 1) {
      const line = readLine(bytes, view, at);
      lines.push(line);
      at = line.next;
    }
    const names = readNames(lines.map(({ name }) => name));
    return lines.flatMap(({ entry }, at) => {
      const name = names[at] as ReadName;
      return name.name.endsWith('/') ? [] : [{ ...entry, ...name }];
    });
  } catch (error) {
    throw error instanceof RangeError ? new Error('invalid zip: it is cut off') : error;
  }
}

function directoryOf(view: DataView): { readonly count: number; readonly from: number } {
  const last = view.byteLength - END_LENGTH;
  let end = last;
  while (end >= 0 && view.getUint32(end, true) !== END) {
    end -= 1;
    if (last - end > LONGEST_NOTE) end = -1;
  }
  if (end < 0) throw new Error('invalid zip: it has no list');
  const locator = end - LOCATOR_LENGTH;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR_64) {
    const at = long(view, locator + 8);
    if (view.getUint32(at, true) === END_64) return { count: long(view, at + 32), from: long(view, at + 48) };
  }
  return { count: view.getUint16(end + 10, true), from: view.getUint32(end + 16, true) };
}

type Line = { readonly entry: Omit<ZipEntry, 'name'>; readonly name: WrittenName; readonly next: number };

function readLine(bytes: Uint8Array, view: DataView, at: number): Line {
  if (view.getUint32(at, true) !== LINE) throw new Error('invalid zip: its list is torn');
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [nameLength, extraLength, noteLength] = [28, 30, 32].map((from) => view.getUint16(at + from, true)) as [
    number,
    number,
    number,
  ];
  const behindName = at + LINE_LENGTH + nameLength;
  const next = behindName + extraLength + noteLength;
  if (next > bytes.length) throw new RangeError();
  const extras = extrasOf(view, behindName, behindName + extraLength);
  const raw = bytes.subarray(at + LINE_LENGTH, behindName);
  const name = { raw, isUtf8: (flags & 0x800) !== 0, unicode: extras.get(UNICODE_NAME) };
  const [size, packed, start] = longSizes(view, at, extras.get(ZIP_64));
  return { entry: { at: start, packed, size, method, encrypted: (flags & 1) !== 0 }, name, next };
}

const [ZIP_64, UNICODE_NAME] = [0x0001, 0x7075];

function extrasOf(view: DataView, from: number, to: number): ReadonlyMap<number, DataView> {
  const found = new Map<number, DataView>();
  for (let at = from; at + 4 <= to; ) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > to) break;
    found.set(view.getUint16(at, true), new DataView(view.buffer, view.byteOffset + at + 4, length));
    at += 4 + length;
  }
  return found;
}

/** Unpacked, packed, and where: what is too large for its place stands in the extra field, in this order. */
function longSizes(view: DataView, at: number, extra: DataView | undefined): readonly [number, number, number] {
  let read = 0;
  const of = (from: number): number => {
    const short = view.getUint32(at + from, true);
    if (short !== LONG || !extra) return short;
    read += 8;
    return long(extra, read - 8);
  };
  return [of(24), of(20), of(42)];
}

function long(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > Number.MAX_SAFE_INTEGER) throw new RangeError();
  return Number(value);
}

export const STORED = 0;
const DEFLATED = 8;

/**
 * A file as it lies in the zip, packed: its own head has a length of its own.
 * @throws Error where it is cut off, encrypted, or packed in a way that is not known
 */
export function packedEntry(bytes: Uint8Array, { name, at, packed, encrypted, method }: ZipEntry): Uint8Array {
  if (encrypted) throw new Error(`${JSON.stringify(name)} is encrypted`);
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`${JSON.stringify(name)} is packed in a way that nothing here reads (${method})`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isThere = at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50;
  const start = isThere ? at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true) : bytes.length;
  if (start + packed > bytes.length) throw new Error(`invalid zip: ${JSON.stringify(name)} is cut off`);
  return bytes.subarray(start, start + packed);
}
