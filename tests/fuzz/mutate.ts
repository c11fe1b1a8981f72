import { unzipSync, zipSync } from 'fflate';
import type { Chance } from './chance.ts';

const NUMBERS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];
/** What means something to one reader or another. */
const WORDS = ['[', '{', '<a>', '&a', '*a', '- ', '"', ',', '\\u0000', ' ', '=', '2 0 R ', '999999999', '\u{10ffff}'];
const MOST_BYTES = 2_000_000;
/** So that a package comes the same whenever it is packed. */
const SAME_DAY = new Date(2000, 0, 1);
/** Larger ones take too long to be packed again and again. */
const MOST_REPACKED = 300_000;

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

/** An element with words alone, and what stands between quotes in a tag: text that another reader of the same file would call so. */
const LEAF = /<([\w:.-]+)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/g;
const VALUE = /(?<==")[^"<]*(?=")/g;

/** Changes after which markup is markup still: without an element, with one twice, with one elsewhere, with another word or value. */
function markupChanged(bytes: Buffer, chance: Chance): Buffer {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(chance.below(3) === 0 ? VALUE : LEAF)].map(({ 0: piece, index }) => ({
    piece,
    index,
  }));
  if (found.length === 0) return chance.pick(CHANGES)(bytes, chance);
  const [one, other] = [chance.pick(found), chance.pick(found)];
  const others = [other.piece, '', one.piece + other.piece, chance.pick(WORDS.slice(5)), String(chance.pick(NUMBERS))];
  const isLeaf = one.piece.startsWith('<');
  const instead = chance.pick(isLeaf ? others.slice(0, 3) : others);
  return Buffer.from(text.slice(0, one.index) + instead + text.slice(one.index + one.piece.length), 'latin1');
}

/** A package with one of its parts changed: changed as bytes, nearly all of them are refused at their doors. */
function partChanged(bytes: Buffer, chance: Chance): Buffer {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts).filter((name) => /\.(xml|rels)$/.test(name));
  if (names.length === 0) return chance.pick(CHANGES)(bytes, chance);
  const name = chance.pick(names);
  return Buffer.from(
    zipSync({ ...parts, [name]: changed(Buffer.from(parts[name] ?? []), chance) }, { level: 1, mtime: SAME_DAY }),
  );
}

function changed(bytes: Buffer, chance: Chance): Buffer {
  const isPackage = bytes.subarray(0, 2).toString('latin1') === 'PK';
  const isMarkup = bytes.subarray(0, 200).includes('<');
  if (chance.below(4) > 0 && isPackage && bytes.length < MOST_REPACKED) return partChanged(bytes, chance);
  return (chance.below(4) > 0 && isMarkup ? markupChanged : chance.pick(CHANGES))(bytes, chance);
}

/** A file that begins as this one, and is another: one to four changes. */
export function mutated(seed: Uint8Array, chance: Chance): Buffer {
  let bytes = Buffer.from(seed);
  for (let left = 1 + chance.below(4); left > 0 && bytes.length > 0; left -= 1)
    bytes = unlessBroken(bytes, chance).subarray(0, MOST_BYTES) as Buffer<ArrayBuffer>;
  return bytes;
}

/** What was cut before is no package any more. */
function unlessBroken(bytes: Buffer, chance: Chance): Buffer {
  try {
    return changed(bytes, chance);
  } catch {
    return chance.pick(CHANGES)(bytes, chance);
  }
}
