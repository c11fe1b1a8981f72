import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Merkle trees as RFC 9162 (Certificate Transparency 2.0) section 2.1 defines them. Only roots of perfect subtrees are
 * stored: node (level, index) covers the leaves from `index << level` to `(index + 1) << level`, end excluded. With those,
 * appending, a root and a proof each cost O(log n), in memory or in a database.
 */
export type Hash = Uint8Array;
export type NodeAt = (level: number, index: number) => Promise<Hash>;
export type Node = { readonly level: number; readonly index: number; readonly hash: Hash };

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
  size === 0 ? Promise.resolve(createHash('sha256').digest()) : headOf(0, size, nodeAt);

/** The audit path of leaf `index` in the tree of the first `size` leaves, from the leaf up. */
export async function inclusionPath(index: number, size: number, nodeAt: NodeAt): Promise<Hash[]> {
  if (index >= size) throw new RangeError(`leaf ${index} is not among the first ${size}`);
  const path: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    const [mine, other] =
      index < middle
        ? [
            [start, middle],
            [middle, end],
          ]
        : [
            [middle, end],
            [start, middle],
          ];
    path.unshift(await headOf(other?.[0] as number, other?.[1] as number, nodeAt));
    [start, end] = mine as [number, number];
  }
  return path;
}

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = parentHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      hash = parentHash(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && hash.length === root.length && timingSafeEqual(hash, root);
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

/** MTH(D[start:end]); `start` is always a multiple of the perfect subtrees asked for. */
async function headOf(start: number, end: number, nodeAt: NodeAt): Promise<Hash> {
  const length = end - start;
  const level = Math.log2(length);
  if (Number.isInteger(level)) return nodeAt(level, start / length);
  const middle = start + split(length);
  return parentHash(await headOf(start, middle, nodeAt), await headOf(middle, end, nodeAt));
}

/** The largest power of two smaller than `length`. */
const split = (length: number): number => 2 ** Math.ceil(Math.log2(length) - 1);
