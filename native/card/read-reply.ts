import { PHOTO_BYTES, TEXT_BYTES } from './samv-tables.ts';

/** What a read reply carries, still as bytes. */
export type CardBlocks = { readonly text: Uint8Array; readonly photo: Uint8Array };

/**
 * Takes the data of a read reply apart: two big-endian lengths, then text, then photo.
 * @returns undefined where the lengths are not those of a card, or bytes are missing
 */
export function parseReadReply(data: Uint8Array): CardBlocks | undefined {
  if (data.length < 4 + TEXT_BYTES + PHOTO_BYTES) return undefined;
  const lengths = new DataView(data.buffer, data.byteOffset, 4);
  if (lengths.getUint16(0) !== TEXT_BYTES || lengths.getUint16(2) !== PHOTO_BYTES) return undefined;
  const photoAt = 4 + TEXT_BYTES;
  return { text: data.slice(4, photoAt), photo: data.slice(photoAt, photoAt + PHOTO_BYTES) };
}

/** The data of a read reply, for the emulator and tests. */
export function encodeReadReply({ text, photo }: CardBlocks): Uint8Array {
  const data = new Uint8Array(4 + text.length + photo.length);
  const lengths = new DataView(data.buffer);
  lengths.setUint16(0, text.length);
  lengths.setUint16(2, photo.length);
  data.set(text, 4);
  data.set(photo, 4 + text.length);
  return data;
}
