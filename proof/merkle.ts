import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Merkle trees as RFC 9162 (Certificate Transparency 2.0) section 2.1 defines them. Only roots of perfect subtrees are
 * stored: node (level, index) covers the leaves from `index << level` to `(index + 1) << level`, end excluded. With those,
 * appending, a root and a proof each cost O(log n), in memory or in a database.
 */
export type Hash = Uint8Array;
export type NodeAt = (level: number, index: number) => Promise<Hash>;
export type Place = { readonly level: number; readonly index: number };
export type Node = Place & { readonly hash: Hash };
/** Leaves from the first to before the second. */
export type Range = readonly [start: number, end: number];

const digest = (prefix: number, ...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (entry: Uint8Array | string): Hash => digest(0, Buffer.from(entry));
const parentHash = (left: Hash, right: Hash): Hash => digest(1, left, right);

/** Every perfect subtree that is complete once `leaf` stands at `index`. */
export async function nodesOnAppend(index: number, leaf: Hash, nodeAt: NodeAt): Promise<Node[]> {
  const nodes: Node[] = [{ level: 0, index, hash: leaf }];
  let [level, at, hash] = [0, index, leaf];
  while (at % 2 === 1) {
    hash = parentHash(await nodeAt(level, at - 1), hash);
    at = (at - 1) / 2;
    level += 1;
    nodes.push({ level, index: at, hash });
  }
  return nodes;
}

/** The tree head of the first `size` leaves. */
export const rootOf = (size: number, nodeAt: NodeAt): Promise<Hash> =>
  size === 0 ? Promise.resolve(createHash('sha256').digest()) : headOf([0, size], nodeAt);

/** The heads that make up the audit path of leaf `index` in the tree of the first `size` leaves, from the leaf up. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (index >= size) throw new RangeError(`leaf ${index} is not among the first ${size}`);
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([start, middle]);
      start = middle;
    }
  }
  return ranges;
}

/** The audit path of leaf `index` in the tree of the first `size` leaves, from the leaf up. */
export const inclusionPath = async (index: number, size: number, nodeAt: NodeAt): Promise<Hash[]> =>
  headsOf(inclusionRanges(index, size), nodeAt);

/**
 * The heads that make up RFC 9162 section 2.1.4.1, that the tree of the first `from` leaves is the beginning of the one of `to`.
 * None where either is nothing or both are the same.
 */
export function consistencyRanges(from: number, to: number): Range[] {
  if (from > to) throw new RangeError(`the first ${from} leaves are not among the first ${to}`);
  if (from === 0) return [];
  const ranges: Range[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + split(end - start);
    if (from <= middle) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([start, middle]);
      start = middle;
    }
  }
  // The tree that the verifier has already is not repeated to it.
  return start === 0 ? ranges : [[start, end], ...ranges];
}

/** RFC 9162 section 2.1.4.1. */
export const consistencyPath = async (from: number, to: number, nodeAt: NodeAt): Promise<Hash[]> =>
  headsOf(consistencyRanges(from, to), nodeAt);

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = parentHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = parentHash(hash, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSame(hash, root);
}

/** The first leaves of a log, as somebody signed them. */
export type Head = { readonly size: number; readonly root: Hash };

/** RFC 9162 section 2.1.4.2: whether the tree of one head is the beginning of that of the other. */
export function verifyConsistency(first: Head, second: Head, path: readonly Hash[]): boolean {
  const sizes = [first.size, second.size];
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0) || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && isSame(first.root, second.root);
  // Of nothing, everything goes on; but nothing has one root only.
  if (first.size === 0) return path.length === 0 && isSame(first.root, createHash('sha256').digest());
  if (path.length === 0) return false;
  let [fn, sn] = [first.size - 1, second.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  // A perfect tree is a subtree of the other as it stands; else the path begins with the last perfect part of the first.
  const [start, ...rest] = fn === 0 ? [first.root, ...path] : path;
  let [fr, sr] = [start as Hash, start as Hash];
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [parentHash(sibling, fr), parentHash(sibling, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      sr = parentHash(sr, sibling);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSame(fr, first.root) && isSame(sr, second.root);
}

/** The head of a whole list, in memory: what a batch of records is signed by. */
export async function headOfLeaves(leaves: readonly Hash[]): Promise<Hash> {
  const nodes = new Map<string, Hash>();
  const nodeAt: NodeAt = async (level, index) => nodes.get(`${level}/${index}`) as Hash;
  for (const [index, leaf] of leaves.entries()) {
    for (const node of await nodesOnAppend(index, leaf, nodeAt)) nodes.set(`${node.level}/${node.index}`, node.hash);
  }
  return rootOf(leaves.length, nodeAt);
}

/** The stored nodes that the heads of these ranges are made of: what is to be fetched for them, all at once. */
export function placesOf(ranges: readonly Range[]): readonly Place[] {
  const found = new Map<string, Place>();
  for (const range of ranges) for (const place of perfectIn(range)) found.set(`${place.level}/${place.index}`, place);
  return [...found.values()];
}

function perfectIn([start, end]: Range): readonly Place[] {
  const length = end - start;
  if (length === 0) return [];
  const level = Math.log2(length);
  if (Number.isInteger(level)) return [{ level, index: start / length }];
  const middle = start + split(length);
  return [...perfectIn([start, middle]), ...perfectIn([middle, end])];
}

async function headsOf(ranges: readonly Range[], nodeAt: NodeAt): Promise<Hash[]> {
  const heads: Hash[] = [];
  for (const range of ranges) heads.push(await headOf(range, nodeAt));
  return heads;
}

/** MTH(D[start:end]); `start` is always a multiple of the perfect subtrees asked for. */
async function headOf([start, end]: Range, nodeAt: NodeAt): Promise<Hash> {
  const length = end - start;
  const level = Math.log2(length);
  if (Number.isInteger(level)) return nodeAt(level, start / length);
  const middle = start + split(length);
  return parentHash(await headOf([start, middle], nodeAt), await headOf([middle, end], nodeAt));
}

/** The largest power of two smaller than `length`. */
const split = (length: number): number => 2 ** Math.ceil(Math.log2(length) - 1);
const half = (number: number): number => Math.floor(number / 2);
const isSame = (one: Hash, other: Hash): boolean => one.length === other.length && timingSafeEqual(one, other);
