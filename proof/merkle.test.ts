import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Hash,
  headOfLeaves,
  inclusionPath,
  leafHash,
  type NodeAt,
  nodesOnAppend,
  rootOf,
  verifyInclusion,
} from './index.ts';

/** The leaves and heads that certificate-transparency's own tests have used since RFC 6962. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const HEADS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATHS: readonly (readonly [index: number, size: number, path: readonly string[]])[] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const MOST = 70;

const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');

/** A log of these leaves, as a center keeps one. */
async function grow(leaves: readonly Hash[]): Promise<NodeAt> {
  const nodes = new Map<string, Hash>();
  const nodeAt: NodeAt = async (level, index) => {
    const node = nodes.get(`${level}/${index}`);
    if (!node) throw new Error(`node ${level}/${index} was never stored`);
    return node;
  };
  for (const [index, leaf] of leaves.entries())
    for (const node of await nodesOnAppend(index, leaf, nodeAt)) nodes.set(`${node.level}/${node.index}`, node.hash);
  return nodeAt;
}

/** MTH(D[n]) word for word as RFC 9162 section 2.1.1 defines it. */
function definition(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0] as Hash;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return createHash('sha256')
    .update(Uint8Array.of(1))
    .update(definition(leaves.slice(0, k)))
    .update(definition(leaves.slice(k)))
    .digest();
}

describe('a tree of the known leaves', () => {
  const leaves = LEAVES.map((text) => leafHash(Buffer.from(text, 'hex')));

  it.each(HEADS.map((head, size) => [size, head] as const))('of size %i has the known head', async (size, head) => {
    const nodeAt = await grow(leaves);
    expect(hex(await rootOf(size, nodeAt))).toBe(head);
    expect(hex(await rootOf(size, await grow(leaves.slice(0, size))))).toBe(head);
  });

  it.each(PATHS)('gives leaf %i of %i the known path', async (index, size, path) => {
    expect((await inclusionPath(index, size, await grow(leaves))).map(hex)).toEqual(path);
    const bytes = path.map((text) => Buffer.from(text, 'hex'));
    const root = Buffer.from(HEADS[size] as string, 'hex');
    expect(verifyInclusion(leaves[index] as Hash, index, size, bytes, root)).toBe(true);
  });

  it('of text has the same head as of its bytes', async () => {
    expect(hex(await headOfLeaves(['', 'é'].slice(0, 1).map(leafHash)))).toBe(HEADS[1]);
    const bytes = ['', 'é'].map((text) => leafHash(Buffer.from(text, 'utf8')));
    expect(hex(await headOfLeaves(['', 'é'].map(leafHash)))).toBe(hex(definition(bytes)));
  });
});

describe('a tree of any size', () => {
  const leaves = Array.from({ length: MOST }, (_, n) => leafHash(`record ${n}`));
  const roots: Hash[] = [];
  let nodeAt: NodeAt;
  beforeAll(async () => {
    nodeAt = await grow(leaves);
    for (let size = 0; size <= MOST; size++) roots.push(await rootOf(size, nodeAt));
  });
  const root = (size: number): Hash => roots[size] as Hash;
  const size = fc.integer({ min: 1, max: MOST });
  const place = size.chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)));

  it('has the head of its definition', () => {
    for (let n = 1; n <= MOST; n++) expect(hex(root(n))).toBe(hex(definition(leaves.slice(0, n))));
  });

  it('proves every leaf of every size', async () => {
    for (let n = 1; n <= MOST; n++) {
      for (let index = 0; index < n; index++) {
        const path = await inclusionPath(index, n, nodeAt);
        expect(verifyInclusion(leaves[index] as Hash, index, n, path, root(n))).toBe(true);
      }
    }
  });

  it('proves no other leaf in that place', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(MOST - 1), async ([index, n], other) => {
        fc.pre(other !== index);
        const path = await inclusionPath(index, n, nodeAt);
        expect(verifyInclusion(leaves[other] as Hash, index, n, path, root(n))).toBe(false);
      }),
    );
  });

  it('proves no leaf in another place', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: -2, max: MOST + 2 }), async ([index, n], other) => {
        fc.pre(other !== index);
        const path = await inclusionPath(index, n, nodeAt);
        expect(verifyInclusion(leaves[index] as Hash, other, n, path, root(n))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  // A size alone is not bound by a path (0 of 3 and 0 of 4 hash alike): that is why size and root are signed together.
  it('proves no leaf under the head of another size', async () => {
    await fc.assert(
      fc.asyncProperty(place, size, async ([index, n], other) => {
        fc.pre(other !== n);
        const path = await inclusionPath(index, n, nodeAt);
        expect(verifyInclusion(leaves[index] as Hash, index, other, path, root(other))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('proves nothing once a bit of the path is changed, a step is left out, added or moved', async () => {
    const change = fc.constantFrom('bit', 'drop', 'add', 'double', 'turn');
    await fc.assert(
      fc.asyncProperty(place, change, fc.nat(), fc.nat(255), async ([index, n], how, at, bit) => {
        const path = await inclusionPath(index, n, nodeAt);
        fc.pre(how === 'add' || path.length > (how === 'turn' ? 1 : 0));
        expect(verifyInclusion(leaves[index] as Hash, index, n, altered(path, how, at, bit), root(n))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('proves nothing by a path that goes on above the root', () => {
    const [leaf, sibling] = leaves as [Hash, Hash];
    const above = createHash('sha256').update(Uint8Array.of(1)).update(sibling).update(leaf).digest();
    expect(verifyInclusion(leaf, 0, 1, [sibling], above)).toBe(false);
  });

  it('gives no path for a leaf that is not there', async () => {
    await expect(inclusionPath(5, 5, nodeAt)).rejects.toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 3])('proves nothing at index %s of 3', async (index) => {
    const path = await inclusionPath(0, 3, nodeAt);
    expect(verifyInclusion(leaves[0] as Hash, index, 3, path, root(3))).toBe(false);
  });
});

function altered(path: readonly Hash[], how: string, at: number, bit: number): Hash[] {
  const index = at % Math.max(path.length, 1);
  const step = Uint8Array.from(path[index] ?? new Uint8Array(32));
  switch (how) {
    case 'bit':
      step[bit >> 3] = (step[bit >> 3] as number) ^ (1 << (bit & 7));
      return path.with(index, step);
    case 'drop':
      return path.toSpliced(index, 1);
    case 'add':
      return [...path, leafHash('one more')];
    case 'double':
      return path.toSpliced(index, 0, step);
    default:
      return path.toReversed();
  }
}
