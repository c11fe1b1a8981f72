import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  consistencyPath,
  consistencyRanges,
  type Hash,
  type Head,
  inclusionPath,
  inclusionRanges,
  leafHash,
  type NodeAt,
  nodesOnAppend,
  placesOf,
  rootOf,
  sha256,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';

const MOST = 300;
const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');

/** Nodes of a log of these leaves, and nothing else. */
async function grow(leaves: readonly Hash[]): Promise<NodeAt> {
  const nodes = new Map<string, Hash>();
  const nodeAt: NodeAt = async (level, index) => nodes.get(`${level}/${index}`) ?? missing(level, index);
  for (const [index, leaf] of leaves.entries())
    for (const node of await nodesOnAppend(index, leaf, nodeAt)) nodes.set(`${node.level}/${node.index}`, node.hash);
  return nodeAt;
}
const missing = (level: number, index: number): never => {
  throw new Error(`node ${level}/${index} was never stored`);
};

/** The tree whose leaves are all alike: of any size, one node a level is all there is to know of it. */
const alike: NodeAt = async (level) => {
  for (let at = PERFECT.length; at <= level; at++)
    PERFECT.push(Buffer.from(sha256(Buffer.concat([Uint8Array.of(1), ...twice(PERFECT[at - 1] as Hash)])), 'hex'));
  return PERFECT[level] as Hash;
};
const PERFECT: Hash[] = [leafHash('alike')];
const twice = (hash: Hash): readonly [Hash, Hash] => [hash, hash];

describe('that one head goes on from another', () => {
  const leaves = Array.from({ length: MOST }, (_, n) => leafHash(`record ${n}`));
  const heads: Head[] = [];
  let nodeAt: NodeAt;
  beforeAll(async () => {
    nodeAt = await grow(leaves);
    for (let size = 0; size <= MOST; size++) heads.push({ size, root: await rootOf(size, nodeAt) });
  });
  const head = (size: number): Head => heads[size] as Head;
  const size = fc.integer({ min: 1, max: MOST });
  const pair = fc.tuple(size, size).filter(([one, other]) => one < other);

  it('is the known path between the known trees of RFC 9162 2.1.5', async () => {
    // PROOF(3, D[7]), PROOF(4, D[7]) and PROOF(6, D[7]): heads of [c, d, g, l], [l] and [i, j, k].
    expect(consistencyRanges(3, 7)).toEqual([
      [2, 3],
      [3, 4],
      [0, 2],
      [4, 7],
    ]);
    expect(consistencyRanges(4, 7)).toEqual([[4, 7]]);
    expect(consistencyRanges(6, 7)).toEqual([
      [4, 6],
      [6, 7],
      [0, 4],
    ]);
  });

  it('is proven for every two sizes', async () => {
    for (let from = 1; from <= MOST; from += 1)
      for (let to = from; to <= MOST; to += from % 7 === 0 ? 1 : 13) {
        const path = await consistencyPath(from, to, nodeAt);
        expect(verifyConsistency(head(from), head(to), path), `${from} ${to}`).toBe(true);
      }
  });

  it('is proven for any two sizes up to 2^20, of perfect subtrees alone', async () => {
    const large = fc.integer({ min: 1, max: 2 ** 20 });
    await fc.assert(
      fc.asyncProperty(large, large, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const path = await consistencyPath(from, to, alike);
        const [first, second] = await Promise.all(
          [from, to].map(async (size) => ({ size, root: await rootOf(size, alike) })),
        );
        expect(verifyConsistency(first as Head, second as Head, path)).toBe(true);
        expect(path.length).toBeLessThanOrEqual(42);
      }),
      { numRuns: 300 },
    );
  });

  it('is not proven where a leaf of the first was another', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async ([from, to], at) => {
        const forked = await grow(leaves.slice(0, to).with(at % from, leafHash('rewritten')));
        const path = await consistencyPath(from, to, forked);
        const second = { size: to, root: await rootOf(to, forked) };
        expect(verifyConsistency(head(from), second, path)).toBe(false);
        expect(verifyConsistency(head(from), second, await consistencyPath(from, to, nodeAt))).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is not proven by a path that was changed, nor for another size', async () => {
    const change = fc.constantFrom('bit', 'drop', 'add', 'from', 'to');
    await fc.assert(
      fc.asyncProperty(pair, change, fc.nat(), async ([from, to], how, at) => {
        const path = await consistencyPath(from, to, nodeAt);
        const place = at % path.length;
        const step = Uint8Array.from(path[place] as Hash);
        step[at % 32] = (step[at % 32] as number) ^ 1;
        const other =
          how === 'bit' ? path.with(place, step) : how === 'drop' ? path.toSpliced(place, 1) : [...path, step];
        if (how === 'from') expect(verifyConsistency({ ...head(from), size: from - 1 }, head(to), path)).toBe(false);
        else if (how === 'to') expect(verifyConsistency(head(to), { ...head(from), size: to }, path)).toBe(false);
        else expect(verifyConsistency(head(from), head(to), other)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('needs one root of one size, and nothing but the empty root for nothing', () => {
    expect(verifyConsistency(head(7), head(7), [])).toBe(true);
    expect(verifyConsistency(head(7), { ...head(8), size: 7 }, [])).toBe(false);
    expect(verifyConsistency(head(8), head(7), [])).toBe(false);
    expect(verifyConsistency(head(0), head(7), [])).toBe(true);
    expect(verifyConsistency({ ...head(1), size: 0 }, head(7), [])).toBe(false);
    for (const size of [-1, 0.5, Number.NaN]) expect(verifyConsistency({ ...head(7), size }, head(9), [])).toBe(false);
    expect(() => consistencyRanges(8, 7)).toThrow(RangeError);
  });

  it('and each place is fetched by the nodes named for it before, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async ([from, to], at) => {
        const index = at % to;
        const ranges = [...consistencyRanges(from, to), ...inclusionRanges(index, to), [0, to] as const];
        const named = new Set(placesOf(ranges).map(({ level, index }) => `${level}/${index}`));
        const asked = new Set<string>();
        const only: NodeAt = (level, index) => {
          asked.add(`${level}/${index}`);
          return named.has(`${level}/${index}`) ? nodeAt(level, index) : missing(level, index);
        };
        const root = await rootOf(to, only);
        expect(hex(root)).toBe(hex(head(to).root));
        await consistencyPath(from, to, only);
        const path = await inclusionPath(index, to, only);
        expect(verifyInclusion(leaves[index] as Hash, index, to, path, root)).toBe(true);
        expect(asked).toEqual(named);
      }),
      { numRuns: 100 },
    );
  });
});
