import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fasterGraph } from './index.ts';
import { decodeModel, encodeModel, integerAttribute, integersAttribute, newNode, type Tensor } from './model-proto.ts';
import { network, outputsOf, weights } from './small-network.fixture.ts';
import { floatTensor, integerTensor } from './weights.ts';
import { readFields, writeBytes, writeText } from './wire.ts';

/** @returns the operators of the faster network */
async function expectSame(bytes: Uint8Array): Promise<string[]> {
  const faster = fasterGraph(bytes, 'x64');
  const [expected, actual] = [await outputsOf(bytes), await outputsOf(faster)];
  expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  const largest = Math.max(1, ...expected.flat().map(Math.abs));
  const error = Math.max(...expected.flat().map((value, i) => Math.abs(value - (actual.flat()[i] as number))));
  expect(error / largest).toBeLessThan(1e-5);
  return decodeModel(faster).graph.nodes.map(({ op }) => op);
}

const sized = (pad: number) => integersAttribute('pads', [pad, pad, pad, pad]);

describe('a network made faster', () => {
  it('answers the same for any number of channels and any slopes', async () => {
    const slope = fc.float({ min: -8, max: 20, noNaN: true });
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 40 }),
      slopes: fc.array(slope, { minLength: 40, maxLength: 40 }),
      seed: fc.nat(99),
      seen: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, slopes, seed, seen }) => {
        const nodes = [
          newNode('Conv', ['x', 'w1', 'b1'], 'a', [sized(1)]),
          newNode('PRelu', ['a', 's'], 'p'),
          newNode('Conv', ['p', 'w2', 'b1'], 'd', [sized(1), integerAttribute('group', count)]),
          newNode('PRelu', ['d', 's'], 'q'),
          newNode('Conv', ['q', 'w3', 'b3'], 'y'),
        ];
        const tensors = {
          w1: weights(seed + 1, count, 3, 3, 3),
          b1: weights(seed + 2, count),
          s: floatTensor([count, 1, 1], Float32Array.from(slopes.slice(0, count))),
          w2: weights(seed + 3, count, 1, 3, 3),
          w3: weights(seed + 4, 16, count, 1, 1),
          b3: weights(seed + 5, 16),
        };
        await expectSame(network(nodes, tensors, seen ? ['y', 'p'] : ['y']));
      }),
      { numRuns: 40 },
    );
  });

  it('has LeakyRelu for PRelu with one slope', async () => {
    const nodes = [newNode('Conv', ['x', 'w'], 'a'), newNode('PRelu', ['a', 's'], 'y')];
    const tensors = { w: weights(1, 16, 3, 1, 1), s: floatTensor([1], Float32Array.of(-0.3)) };
    expect(await expectSame(network(nodes, tensors))).toEqual(['Conv', 'LeakyRelu']);
  });

  it('has a convolution for scale and shift, and for channels of zeros', async () => {
    const nodes = [
      newNode('Conv', ['x', 'w'], 'a'),
      newNode('Relu', ['a'], 'r'),
      newNode('Mul', ['r', 'scale'], 'm'),
      newNode('Add', ['m', 'shift'], 'b'),
      newNode('Pad', ['b', 'pads'], 'y'),
    ];
    const tensors = {
      w: weights(1, 16, 3, 1, 1),
      scale: weights(2, 1, 16, 1, 1),
      shift: weights(3, 1, 16, 1, 1),
      pads: integerTensor([0, 0, 0, 0, 0, 16, 0, 0]),
    };
    expect(await expectSame(network(nodes, tensors))).toEqual(['Conv', 'Relu', 'Conv', 'Conv']);
  });

  it.each([0, 1])('has one convolution for a picture cut into four, padded by %i', async (pad) => {
    const slice = (from: string, start: string, axis: string, to: string) =>
      newNode('Slice', [from, start, 'end', axis, 'two'], to);
    const corners = ['00', '10', '01', '11'].flatMap(([row, column]) => [
      slice('x', `n${row}`, 'n2', `row${row}${column}`),
      slice(`row${row}${column}`, `n${column}`, 'n3', `corner${row}${column}`),
    ]);
    const names = ['00', '10', '01', '11'].map((place) => `corner${place}`);
    const nodes = [
      ...corners,
      newNode('Concat', names, 'four', [integerAttribute('axis', 1)]),
      newNode('Conv', ['four', 'w', 'b'], 'y', [sized(pad), integersAttribute('kernel_shape', [3, 3])]),
    ];
    const tensors = {
      ...{ n0: integerTensor([0]), n1: integerTensor([1]), n2: integerTensor([2]), n3: integerTensor([3]) },
      ...{ two: integerTensor([2]), end: integerTensor([2 ** 31 - 1]), w: weights(1, 16, 12, 3, 3), b: weights(2, 16) },
    };
    expect(await expectSame(network(nodes, tensors))).toEqual(['Conv']);
  });

  it('has one head for several on one map, where they fill a block together', async () => {
    const sizes = [1, 1, 4, 10];
    const heads = sizes.flatMap((size, n) => [
      newNode('Conv', ['a', `point${n}`, `bias${n}`], `p${n}`),
      newNode('Conv', [`p${n}`, `each${n}`, `bias${n}`], `y${n}`, [sized(1), integerAttribute('group', size)]),
    ]);
    const tensors = Object.fromEntries(
      sizes.flatMap((size, n) => [
        [`point${n}`, weights(n + 2, size, 16, 1, 1)],
        [`each${n}`, weights(n + 7, size, 1, 3, 3)],
        [`bias${n}`, weights(n + 12, size)],
      ]),
    );
    const nodes = [newNode('Conv', ['x', 'w'], 'a'), ...heads];
    const outputs = sizes.map((_, n) => `y${n}`);
    const whole = network(nodes, { ...tensors, w: weights(1, 16, 3, 1, 1) }, outputs);
    expect(await expectSame(whole)).toEqual(['Conv', 'Conv', 'Conv', 'Slice', 'Slice', 'Slice', 'Slice']);
    const fewer = network(nodes.slice(0, -2), { ...tensors, w: weights(1, 16, 3, 1, 1) }, outputs.slice(0, -1));
    expect(await expectSame(fewer)).not.toContain('Slice');
  });

  it('has a shape written down where it asks how many pictures there are', async () => {
    const nodes = [
      newNode('Conv', ['x', 'w'], 'a'),
      newNode('Shape', ['a'], 's'),
      newNode('Gather', ['s', 'zero'], 'count'),
      newNode('Unsqueeze', ['count', 'axis'], 'batch'),
      newNode('Concat', ['batch', 'rest', 'channels'], 'shape', [integerAttribute('axis', 0)]),
      newNode('Reshape', ['a', 'shape'], 'y'),
    ];
    const scalar: Tensor = { ...integerTensor([0]), dims: [] };
    const tensors = { w: weights(1, 4, 3, 1, 1), zero: scalar, axis: integerTensor([0]) };
    const sizes = { rest: integerTensor([-1]), channels: integerTensor([4]) };
    expect(await expectSame(network(nodes, { ...tensors, ...sizes }))).toEqual(['Conv', 'Reshape']);
  });

  it('is left alone where a weight may be set by the caller, and on processors nobody measured it on', () => {
    const nodes = [newNode('Conv', ['x', 'w'], 'a'), newNode('PRelu', ['a', 's'], 'y')];
    const bytes = network(nodes, { w: weights(1, 16, 3, 1, 1), s: weights(2, 16, 1, 1) });
    expect(fasterGraph(bytes, 'x64')).not.toBe(bytes);
    expect(fasterGraph(bytes, 'arm64')).toBe(bytes);
    const model = decodeModel(bytes);
    const slopes = readFields(writeBytes(11, writeText(1, 's')));
    const settable = encodeModel({ ...model, graph: { ...model.graph, others: [...model.graph.others, ...slopes] } });
    expect(fasterGraph(settable, 'x64')).toBe(settable);
  });
});
