import { type Graph, integers, integersAttribute, type Node } from './model-proto.ts';
import { floatsIn, floatTensor, integersIn } from './weights.ts';
import { type Convolution, convolution, inputOf, is, makersOf, outputOf, padsInFull, replaceNodes } from './wiring.ts';

/** Every second row and column of `source`, from these on. */
type Corner = { readonly source: string; readonly row: number; readonly column: number };

/**
 * YOLOX cuts its picture into four interleaved ones and convolves them as channels ("focus"). The same is one convolution
 * with twice the kernel and twice the stride, without the cutting.
 */
export function focusConvs(graph: Graph): Graph {
  const makers = makersOf(graph);
  return replaceNodes(graph, (node, { weight }) => {
    const conv = convolution(node, graph);
    const concat = makers.get(inputOf(node));
    if (!conv || !isPlain(conv) || !is(concat, 'Concat') || integers(concat, 'axis')?.[0] !== 1) return [node];
    const corners = concat.inputs.map((name) => cornerOf(name, graph, makers));
    if (!areFour(corners)) return [node];
    const [rows = 1, columns = 1] = conv.weight.dims.slice(2);
    const w = weight(`${outputOf(node)}/focus`, woven(conv, corners));
    const doubled = (values: readonly number[]): number[] => values.map((value) => 2 * value);
    const attributes = new Map([
      ...node.attributes,
      integersAttribute('kernel_shape', doubled([rows, columns])),
      integersAttribute('strides', doubled(integers(node, 'strides') ?? [1, 1])),
      integersAttribute('pads', doubled(integers(node, 'pads') ?? [0, 0, 0, 0])),
    ]);
    return [{ ...node, inputs: [corners[0]?.source ?? '', w, ...node.inputs.slice(2)], attributes }];
  });
}

const isPlain = ({ node, group }: Convolution): boolean =>
  group === 1 && padsInFull(node) && (integers(node, 'dilations') ?? []).every((step) => step === 1);

/** All four corners, once each: then the picture's sides are even, or they could not be put together. */
function areFour(corners: readonly (Corner | undefined)[]): corners is readonly Corner[] {
  const places = new Set(corners.map((corner) => corner && `${corner.row},${corner.column}`));
  const sources = new Set(corners.map((corner) => corner?.source));
  return corners.length === 4 && places.size === 4 && sources.size === 1 && !corners.includes(undefined);
}

function cornerOf(name: string, graph: Graph, makers: ReadonlyMap<string, Node>): Corner | undefined {
  const start = new Map<number, number>();
  let source = name;
  for (let node = makers.get(name); is(node, 'Slice'); node = makers.get(source)) {
    const values = node.inputs.slice(1).map((input) => {
      const tensor = graph.tensors.get(input);
      return (tensor && integersIn(tensor)) ?? [];
    });
    const [from, to, axis, step] = values.map(([value]) => value);
    const whole = values.length === 4 && values.every(({ length }) => length === 1) && to && to >= 2 ** 31 - 1;
    if (!whole || axis === undefined || step !== 2 || (from !== 0 && from !== 1) || start.has(axis)) return undefined;
    start.set(axis, from);
    source = inputOf(node);
  }
  const [row, column] = [start.get(2), start.get(3)];
  return row === undefined || column === undefined || start.size !== 2 ? undefined : { source, row, column };
}

/** The weights of four small kernels as one large kernel. */
function woven({ weight }: Convolution, corners: readonly Corner[]) {
  const [outputs = 0, inputs = 0, rows = 0, columns = 0] = weight.dims;
  const channels = inputs / 4;
  const from = floatsIn(weight) ?? new Float32Array();
  const values = new Float32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const x = i % columns;
    const y = Math.floor(i / columns) % rows;
    const input = Math.floor(i / columns / rows) % inputs;
    const output = Math.floor(i / columns / rows / inputs);
    const { row = 0, column = 0 } = corners[Math.floor(input / channels)] ?? {};
    const plane = output * channels + (input % channels);
    values[(plane * 2 * rows + 2 * y + row) * 2 * columns + 2 * x + column] = from[i] as number;
  }
  return floatTensor([outputs, channels, 2 * rows, 2 * columns], values);
}
