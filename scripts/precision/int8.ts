import {
  floatAttribute,
  type Graph,
  integerAttribute,
  type Node,
  newNode,
} from '../../native/face/onnx/model-proto.ts';
import { slopesOf } from '../../native/face/onnx/prelu.ts';
import { floatsIn, floatTensor } from '../../native/face/onnx/weights.ts';
import {
  type Convolution,
  convolution,
  type Edit,
  inputOf,
  is,
  outputOf,
  replaceNodes,
  takersOf,
} from '../../native/face/onnx/wiring.ts';
import { tensorOf } from './tensors.ts';

/** From where to where the numbers of a value lie. */
export type Range = readonly [from: number, to: number];

/** What onnxruntime does on numbers of eight bits, beside convolutions. */
const ON_BYTES = ['Add', 'Mul', 'LeakyRelu', 'GlobalAveragePool', 'Sigmoid'];

/**
 * The values that are made bytes: whatever goes into a convolution, a sum or the like of values, and comes out of it. What a
 * Relu takes stays out, as onnxruntime then cuts off below zero while it rounds.
 */
export function bytesWithin(graph: Graph): readonly string[] {
  const takers = takersOf(graph);
  const names = graph.nodes.flatMap((node) => {
    if (convolution(node, graph)) return [inputOf(node), outputOf(node)];
    const ofValues = is(node, ...ON_BYTES) && node.inputs.every((name) => !graph.tensors.has(name));
    return ofValues ? [...node.inputs, ...node.outputs] : [];
  });
  const isCut = (name: string): boolean => takers.get(name)?.every((node) => is(node, 'Relu')) ?? false;
  return [...new Set(names)].filter((name) => !graph.outputs.includes(name) && !isCut(name));
}

/**
 * PRelu(x) = slope x + (1 - slope) relu(x), all of which onnxruntime does on bytes, as it does no PRelu. (`splitPRelus` has other
 * parts, of which one is as wide as x: too coarse for what lies below zero.)
 */
export const byteSlopes = (graph: Graph): Graph =>
  replaceNodes(graph, (node, { fresh, weight }) => {
    const slopes = slopesOf(node, graph);
    if (!slopes || slopes.length === 1) return [node];
    const [x, y] = [inputOf(node), outputOf(node)];
    const group = [integerAttribute('group', slopes.length)];
    const times = (name: string, from: string, values: Float32Array): Node => {
      const w = weight(`${y}/${name}-slopes`, floatTensor([slopes.length, 1, 1, 1], values));
      return newNode('Conv', [from, w], fresh(`${y}/${name}`), group);
    };
    const above = newNode('LeakyRelu', [x], fresh(`${y}/above`), [floatAttribute('alpha', 0)]);
    const parts = [
      times('all', x, slopes),
      times(
        'rest',
        outputOf(above),
        slopes.map((slope) => 1 - slope),
      ),
    ];
    return [above, ...parts, newNode('Add', parts.map(outputOf), y)];
  });

/**
 * The same network on numbers of eight bits: weights by channel, values as they were seen (`ranges`). It is written as floats
 * that are rounded (QuantizeLinear, DequantizeLinear), of which onnxruntime makes its operators on bytes.
 */
export const int8Graph = (graph: Graph, ranges: ReadonlyMap<string, Range>): Graph =>
  replaceNodes(graph, (node, edit) => {
    const first = node === graph.nodes[0] ? graph.inputs : [];
    const inputs = node.inputs.map((name) => (ranges.has(name) ? roundedName(name) : name));
    const conv = convolution(node, graph);
    const range = ranges.get(inputOf(node));
    const made = conv && range ? int8Conv(conv, graph, range, inputs, edit) : [{ ...node, inputs }];
    const round = (name: string): Node[] => {
      const seen = ranges.get(name);
      return seen ? rounded(name, seen, edit) : [];
    };
    return [...first.flatMap(round), ...made, ...node.outputs.flatMap(round)];
  });

const roundedName = (name: string): string => `${name}/rounded`;

/** A value in 255 steps, of which one is zero: what is padded with zeros stays what it was. */
function stepsOf([from, to]: Range): { readonly step: number; readonly zero: number } {
  const [low, high] = [Math.min(from, 0), Math.max(to, 0)];
  const step = Math.fround((high - low) / 255 || 1);
  return { step, zero: Math.round(-low / step) };
}

function rounded(name: string, range: Range, { fresh, weight }: Edit): Node[] {
  const { step, zero } = stepsOf(range);
  const by = [
    weight(`${name}/step`, floatTensor([], Float32Array.of(step))),
    weight(`${name}/zero`, tensorOf('uint8', [], Uint8Array.of(zero))),
  ];
  const bytes = fresh(`${name}/bytes`);
  return [
    newNode('QuantizeLinear', [name, ...by], bytes),
    newNode('DequantizeLinear', [bytes, ...by], roundedName(name)),
  ];
}

function int8Conv(
  { node, weight: { dims } }: Convolution,
  graph: Graph,
  range: Range,
  [x = '', w = '', b]: readonly string[],
  edit: Edit,
): Node[] {
  const [channels = 0] = dims;
  const values = floatsOf(graph, w);
  const size = values.length / channels;
  const steps = Float32Array.from({ length: channels }, (_, n) =>
    weightStep(values.subarray(n * size, (n + 1) * size)),
  );
  // A sum of products is in steps of both: the bias is one more of these.
  const products = steps.map((step) => step * stepsOf(range).step);
  const name = outputOf(node);
  const constants = [
    inSteps(`${name}/w`, 'int8', dims, values, steps, edit),
    ...(b ? [inSteps(`${name}/b`, 'int32', [channels], floatsOf(graph, b), products, edit)] : []),
  ];
  return [...constants, { ...node, inputs: [x, ...constants.map(outputOf)] }];
}

/** Constants as so many steps each, every channel with a step of its own, and the node that makes floats of them. */
function inSteps(
  name: string,
  type: 'int8' | 'int32',
  dims: readonly number[],
  values: Float32Array,
  steps: Float32Array,
  { fresh, weight }: Edit,
): Node {
  const size = values.length / steps.length;
  const counts = Int32Array.from(values, (value, i) => Math.round(value / (steps[Math.floor(i / size)] as number)));
  const numbers = type === 'int8' ? Int8Array.from(counts) : counts;
  const inputs = [
    weight(`${name}-counts`, tensorOf(type, dims, numbers)),
    weight(`${name}-steps`, floatTensor([steps.length], steps)),
    weight(`${name}-zeros`, tensorOf(type, [steps.length], numbers.slice(0, steps.length).fill(0))),
  ];
  return newNode('DequantizeLinear', inputs, fresh(name), [integerAttribute('axis', 0)]);
}

const floatsOf = (graph: Graph, name: string): Float32Array => {
  const tensor = graph.tensors.get(name);
  return (tensor && floatsIn(tensor)) ?? new Float32Array();
};

/** As wide as a channel's weights need; a power of two where that gives them exactly, as it does where they were bytes before. */
function weightStep(values: Float32Array): number {
  const needed = values.reduce((most, value) => Math.max(most, value > 0 ? value / 127 : value / -128), 0);
  if (needed === 0) return 1;
  const power = 2 ** Math.ceil(Math.log2(needed));
  return values.every((value) => Number.isInteger(value / power)) ? power : Math.fround(needed);
}
