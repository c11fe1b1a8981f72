/** The wire format of protocol buffers, as far as ONNX files need it. What is not understood stays a slice of the file. */

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

export type Field = {
  readonly number: number;
  /** The whole field, with its tag. */
  readonly raw: Uint8Array;
  /** What comes after the tag, and after the length where there is one. */
  readonly body: Uint8Array;
  /** A varint's value, as the signed number ONNX means; 0 in other fields. */
  readonly value: number;
};

/** @throws Error where the bytes are no message, or end too early */
export function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = readVarint(bytes, at);
    const number = Number(tag.value >> 3n);
    const length = readLength(bytes, tag.end, Number(tag.value & 7n));
    const end = length.start + length.size;
    if (number < 1 || end > bytes.length) throw new Error('not a protocol buffer, or cut off');
    const body = bytes.subarray(length.start, end);
    fields.push({ number, raw: bytes.subarray(at, end), body, value: length.value });
    at = end;
  }
  return fields;
}

function readLength(bytes: Uint8Array, at: number, wire: number) {
  if (wire === FIXED64) return { start: at, size: 8, value: 0 };
  if (wire === FIXED32) return { start: at, size: 4, value: 0 };
  if (wire !== VARINT && wire !== BYTES) throw new Error(`not a protocol buffer: wire type ${wire}`);
  const { value, end } = readVarint(bytes, at);
  if (wire === BYTES) return { start: end, size: Number(value), value: 0 };
  return { start: at, size: end - at, value: Number(BigInt.asIntN(64, value)) };
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value, end: start + i + 1 };
  }
  throw new Error('not a protocol buffer, or cut off');
}

/** Integers of a repeated field, packed or not: writers do both. */
export function readIntegers(fields: readonly Field[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap(({ raw, body, value }) => ((raw[0] as number) % 8 === VARINT ? [value] : unpack(body)));
}

function unpack(body: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < body.length; ) {
    const { value, end } = readVarint(body, at);
    values.push(Number(BigInt.asIntN(64, value)));
    at = end;
  }
  return values;
}

export function writeInteger(number: number, value: number): Uint8Array {
  return concat([varint(BigInt(number * 8 + VARINT)), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function writeFloat(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([varint(BigInt(number * 8 + FIXED32)), bytes]);
}

export function writeBytes(number: number, body: Uint8Array): Uint8Array {
  return concat([varint(BigInt(number * 8 + BYTES)), varint(BigInt(body.length)), body]);
}

export const writeText = (number: number, text: string): Uint8Array => writeBytes(number, Buffer.from(text));

export const concat = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}
