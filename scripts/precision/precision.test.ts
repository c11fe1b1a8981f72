import { describe, expect, it } from 'vitest';
import {
  decodeModel,
  encodeModel,
  type Graph,
  integerAttribute,
  integersAttribute,
  newNode,
} from '../../native/face/onnx/model-proto.ts';
import { input, network, outputsOf, weights } from '../../native/face/onnx/small-network.fixture.ts';
import { floatsIn, floatTensor } from '../../native/face/onnx/weights.ts';
import { halfGraph } from './float16.ts';
import { byteSlopes, bytesWithin, int8Graph } from './int8.ts';
import { operatorsOf } from './operators.ts';
import { rangesWithin } from './ranges.ts';

const padded = integersAttribute('pads', [1, 1, 1, 1]);
/** All that an embedder is made of: dense and by channel, cut off below zero or bent there, a sum. */
const small = network(
  [
    newNode('Conv', ['x', 'w1', 'b1'], 'a', [padded]),
    newNode('Relu', ['a'], 'r'),
    newNode('Conv', ['r', 'w2'], 'd', [padded, integerAttribute('group', 16)]),
    newNode('PRelu', ['d', 's'], 'p'),
    newNode('Add', ['p', 'r'], 'sum'),
    newNode('Conv', ['sum', 'w3', 'b3'], 'y'),
  ],
  {
    ...{ w1: weights(1, 16, 3, 3, 3), b1: weights(2, 16), w2: weights(3, 16, 1, 3, 3), s: weights(4, 16, 1, 1) },
    ...{ w3: weights(5, 8, 16, 1, 1), b3: weights(6, 8) },
  },
);
const model = decodeModel(small);
const rewritten = (rewrite: (graph: Graph) => Graph): Uint8Array =>
  encodeModel({ ...model, graph: rewrite(model.graph) });
const seenIn = (graph: Graph) =>
  rangesWithin({ ...model, graph }, bytesWithin(graph), [{ values: input.data as Float32Array, shape: input.dims }]);

/** The largest error, as a part of the largest number. */
async function errorOf(bytes: Uint8Array): Promise<number> {
  const [expected, actual] = [(await outputsOf(small)).flat(), (await outputsOf(bytes)).flat()];
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] as number)))) / largest;
}

describe('a network at lower precision', () => {
  it('answers nearly the same with halves, and not quite', async () => {
    const error = await errorOf(rewritten(halfGraph));
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(0.003);
  });

  it('answers nearly the same with bytes, and is run on bytes', async () => {
    const graph = byteSlopes(model.graph);
    const ranges = await seenIn(graph);
    const bytes = rewritten(() => int8Graph(graph, ranges));
    expect(await errorOf(bytes)).toBeLessThan(0.03);
    expect(Object.keys(await operatorsOf(bytes))).not.toContain('PRelu');
    // All but the last convolution, of which nobody takes bytes.
    expect(await operatorsOf(bytes)).toMatchObject({
      QLinearConv: 4,
      QLinearAdd: 2,
      QLinearLeakyRelu: 1,
      QuantizeLinear: 1,
    });
  });

  it('has no value as bytes that is cut off below zero first, and none that is seen from outside', () => {
    expect(bytesWithin(model.graph)).toEqual(['x', 'r', 'd', 'p', 'sum']);
  });

  it('keeps weights as they are where they were bytes before', async () => {
    const ranges = await seenIn(model.graph);
    const counts = Float32Array.from(floatsIn(weights(1, 16, 3, 3, 3)) ?? [], (value) => Math.round(value * 100) / 64);
    const tensors = new Map([...model.graph.tensors, ['w1', floatTensor([16, 3, 3, 3], counts)] as const]);
    const graph = int8Graph({ ...model.graph, tensors }, ranges);
    const steps = graph.tensors.get('a/w-steps');
    expect([...((steps && floatsIn(steps)) ?? [])].every((step) => Number.isInteger(Math.log2(step)))).toBe(true);
  });
});
