/** What a certificate is written in: DER (X.690), as much of it as one certificate needs. Only written here, never read. */
export type Der = Uint8Array;

const [SEQUENCE, SET] = [0x30, 0x31];
const [BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID, UTF8_STRING] = [1, 2, 3, 4, 6, 12];
const [UTC_TIME, GENERALIZED_TIME] = [23, 24];
const [CONTEXT, CONSTRUCTED] = [0x80, 0x20];

function tagged(tag: number, ...content: readonly Uint8Array[]): Der {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(bytes.length)]), bytes]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) digits.unshift(rest & 0xff);
  return [0x80 | digits.length, ...digits];
}

export const sequence = (...content: readonly Der[]): Der => tagged(SEQUENCE, ...content);
export const set = (...content: readonly Der[]): Der => tagged(SET, ...content);
export const yes = (): Der => tagged(BOOLEAN, Uint8Array.of(0xff));
/** @param bytes of a number above 0, the highest first */
export const integer = (bytes: Uint8Array): Der =>
  tagged(INTEGER, ...((bytes[0] ?? 0) & 0x80 ? [Uint8Array.of(0)] : []), bytes);
/** @param unused how many bits of the last byte say nothing */
export const bits = (bytes: Uint8Array, unused = 0): Der => tagged(BIT_STRING, Uint8Array.of(unused), bytes);
export const octets = (bytes: Uint8Array): Der => tagged(OCTET_STRING, bytes);
export const utf8 = (text: string): Der => tagged(UTF8_STRING, Buffer.from(text));
/** `[n]` around what is written out. */
export const explicit = (n: number, ...content: readonly Der[]): Der => tagged(CONTEXT | CONSTRUCTED | n, ...content);
/** `[n]` in place of the kind of a plain value. */
export const implicit = (n: number, bytes: Uint8Array): Der => tagged(CONTEXT | n, bytes);

/** @param dotted as `1.2.840.10045.4.3.2` */
export function objectId(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(OBJECT_ID, Uint8Array.from([first * 40 + second, ...rest].flatMap(inSevens)));
}

function inSevens(number: number): readonly number[] {
  const digits = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
}

/** To the second. From 2050 on the year has four digits (RFC 5280, 4.1.2.5). */
export function time(at: Date): Der {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050
    ? tagged(UTC_TIME, Buffer.from(digits.slice(2)))
    : tagged(GENERALIZED_TIME, Buffer.from(digits));
}
