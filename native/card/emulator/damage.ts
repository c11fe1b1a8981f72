import { z } from 'zod';

/**
 * What a bad line can make of a reading so that its checksum is right nevertheless: bytes are put into its text and push
 * its end out of the frame, or the first two characters of the name change places. The second makes a card that could be.
 */
export const Damage = z.enum(['bytes-put-in', 'characters-swapped']);
export type Damage = z.infer<typeof Damage>;

/** Of a whole card; no shorter reply is a reading. */
export const READING_BYTES = 1295;
/** Where the text begins in the frame of a reading: behind preamble, length, status and the lengths of its parts. */
const TEXT_AT = 14;

/** @param reading the whole frame of one */
export function damaged(reading: Uint8Array, how: Damage): Uint8Array {
  const [head, first, second, rest] = cut(reading, TEXT_AT, TEXT_AT + 2, TEXT_AT + 4);
  if (how === 'characters-swapped') return Buffer.concat([head, second, first, rest]);
  // The frame ends three bytes early, and what is put in makes up for them.
  const lost = reading.subarray(-3).reduce((sum, byte) => sum ^ byte, 0);
  return Buffer.concat([head, first, second, Uint8Array.of(0x11, 0x32, 0x11 ^ 0x32 ^ lost), rest]);
}

const cut = (bytes: Uint8Array, a: number, b: number, c: number) =>
  [bytes.subarray(0, a), bytes.subarray(a, b), bytes.subarray(b, c), bytes.subarray(c)] as const;
