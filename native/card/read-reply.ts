import { FINGERPRINT_BYTES, PHOTO_BYTES, TEXT_BYTES } from './samv-tables.ts';

/** What a read reply carries, still as bytes; `fingerprint` only where it was asked for, and empty where the card has none. */
export type CardBlocks = { readonly text: Uint8Array; readonly photo: Uint8Array; readonly fingerprint?: Uint8Array };

/** How long each part may be, in the order in which they come. */
const PARTS: Record<'read' | 'readWithFingerprint', readonly (readonly number[])[]> = {
  read: [[TEXT_BYTES], [PHOTO_BYTES]],
  readWithFingerprint: [[TEXT_BYTES], [PHOTO_BYTES], FINGERPRINT_BYTES],
};

/**
 * Takes the data of a read reply apart: a big-endian length for each part, then the parts.
 * @returns undefined where a length is none that a card has, or where bytes are missing or left over
 */
export function parseReadReply(data: Uint8Array, command: keyof typeof PARTS = 'read'): CardBlocks | undefined {
  const parts = PARTS[command];
  let at = 2 * parts.length;
  if (data.length < at) return undefined;
  const lengths = new DataView(data.buffer, data.byteOffset, at);
  const blocks = parts.map((allowed, part) => {
    const length = lengths.getUint16(2 * part);
    const from = at;
    at += length;
    return allowed.includes(length) ? data.slice(from, at) : undefined;
  });
  const [text, photo, fingerprint] = blocks;
  if (at !== data.length || !text || !photo || blocks.includes(undefined)) return undefined;
  return { text, photo, ...(fingerprint && { fingerprint }) };
}

/** The data of a read reply, for the emulator and tests. */
export function encodeReadReply({ text, photo, fingerprint }: CardBlocks): Uint8Array {
  const parts = fingerprint ? [text, photo, fingerprint] : [text, photo];
  const lengths = parts.flatMap(({ length }) => [length >> 8, length & 0xff]);
  return new Uint8Array(Buffer.concat([Uint8Array.from(lengths), ...parts]));
}
