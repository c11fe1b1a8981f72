import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip, as odd as programs write them. */
export type EntryToWrite = {
  /** As its bytes lie there. */
  readonly name: string | Uint8Array;
  readonly data: string | Uint8Array;
  /** 0x800: the name is UTF-8; 8: sizes stand behind the data; 1: encrypted. */
  readonly flags?: number;
  /** Extra fields, whole. */
  readonly extra?: Uint8Array;
  readonly method?: number;
  /** Sizes and place stand in the extra field of zip64. */
  readonly long?: boolean;
};

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >>> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** An extra field of a zip: its number, how long it is, and what it holds. */
const extraField = (id: number, data: Uint8Array): Buffer => Buffer.concat([u16(id), u16(data.length), data]);

/** What Info-ZIP writes beside a name that is not UTF-8: the name that is. */
export const unicodeName = (raw: Uint8Array, name: string): Buffer =>
  extraField(0x7075, Buffer.concat([Buffer.from([1]), u32(crc32(raw)), Buffer.from(name)]));

/** A zip, deflated. Only for tests. @param long whether it has the end of zip64 too */
export function writeOddZip(entries: readonly EntryToWrite[], long = false): Buffer {
  const files: Buffer[] = [];
  const lines: Buffer[] = [];
  let at = 0;
  for (const { name, data, flags = 0, extra = Buffer.alloc(0), method = 8, long: isLong = false } of entries) {
    const [raw, bytes] = [Buffer.from(name as Uint8Array), Buffer.from(data as Uint8Array)];
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const sums = [crc32(bytes), packed.length, bytes.length].map(u32);
    const behind = (flags & 8) === 0 ? [] : [Buffer.from('PK\x07\x08', 'latin1'), ...sums];
    const before = behind.length > 0 ? [0, 0, 0].map(u32) : sums;
    const about = [u16(20), u16(flags), u16(method), u32(0)];
    const head = [Buffer.from('PK\x03\x04', 'latin1'), ...about, ...before, u16(raw.length), u16(extra.length)];
    const file = Buffer.concat([...head, raw, extra, packed, ...behind]);
    const longSizes = isLong ? extraField(1, Buffer.concat([u64(bytes.length), u64(packed.length), u64(at)])) : '';
    const extras = Buffer.concat([extra, Buffer.from(longSizes)]);
    const sizes = isLong ? [u32(crc32(bytes)), u32(0xffffffff), u32(0xffffffff)] : sums;
    const line = [
      Buffer.from('PK\x01\x02', 'latin1'),
      u16(20),
      ...about,
      ...sizes,
      u16(raw.length),
      u16(extras.length),
    ];
    lines.push(Buffer.concat([...line, Buffer.alloc(10), u32(isLong ? 0xffffffff : at), raw, extras]));
    files.push(file);
    at += file.length;
  }
  const list = Buffer.concat(lines);
  return Buffer.concat([...files, list, ...(long ? longEnd(entries.length, list.length, at) : []), end()]);

  function end(): Buffer {
    const count = u16(long ? 0xffff : entries.length);
    const place = [u32(long ? 0xffffffff : list.length), u32(long ? 0xffffffff : at)];
    return Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), u16(0), u16(0), count, count, ...place, u16(0)]);
  }
}

function longEnd(count: number, length: number, at: number): readonly Buffer[] {
  const about = [u64(44), u16(45), u16(45), u32(0), u32(0), u64(count), u64(count), u64(length), u64(at)];
  const locator = [Buffer.from('PK\x06\x07', 'latin1'), u32(0), u64(at + length), u32(1)];
  return [Buffer.from('PK\x06\x06', 'latin1'), ...about, ...locator];
}
