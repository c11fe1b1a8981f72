import type { Chance } from './chance.ts';

const NUMBERS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];
/** What means something to one reader or another. */
const WORDS = ['[', '{', '<a>', '&a', '*a', '- ', '"', ',', '\\u0000', ' ', '=', '2 0 R ', '999999999', '\u{10ffff}'];
const MOST_BYTES = 2_000_000;

type Change = (bytes: Buffer, chance: Chance) => Buffer;

const inserted = (bytes: Buffer, at: number, more: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);

const CHANGES: readonly Change[] = [
  // A bit that flips.
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << chance.below(8)), at);
    return bytes;
  },
  // A size or a count that is another one.
  (bytes, chance) => {
    if (bytes.length < 4) return bytes;
    const [at, number] = [chance.below(bytes.length - 3), chance.pick(NUMBERS)];
    if (chance.below(2) === 0) bytes.writeUInt32LE(number, at);
    else bytes.writeUInt32BE(number, at);
    return bytes;
  },
  // Cut off.
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length)),
  // A piece left out, or there again, a hundred times.
  (bytes, chance) => {
    const [from, length] = [chance.below(bytes.length), 1 + chance.below(200)];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
  },
  (bytes, chance) => {
    const from = chance.below(bytes.length);
    const piece = bytes.subarray(from, from + 1 + chance.below(200));
    return inserted(bytes, from, Buffer.concat(Array.from({ length: 1 + chance.below(100) }, () => piece)));
  },
  // A word that means something, up to ten thousand times.
  (bytes, chance) => {
    const word = chance.pick(WORDS).repeat(10 ** chance.below(5));
    return inserted(bytes, chance.below(bytes.length), Buffer.from(word));
  },
];

/** A file that begins as this one, and is another: one to four changes. */
export function mutated(seed: Uint8Array, chance: Chance): Buffer {
  let bytes = Buffer.from(seed);
  for (let left = 1 + chance.below(4); left > 0 && bytes.length > 0; left -= 1)
    bytes = chance.pick(CHANGES)(bytes, chance).subarray(0, MOST_BYTES) as Buffer<ArrayBuffer>;
  return bytes;
}
