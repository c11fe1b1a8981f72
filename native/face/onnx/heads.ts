import { type Graph, integerAttribute, integers, type Node, newNode, type Tensor } from './model-proto.ts';
import { BLOCK } from './prelu.ts';
import { floatsIn, floatTensor, integersIn, integerTensor } from './weights.ts';
import {
  type Convolution,
  convolution,
  type Edit,
  inputOf,
  is,
  makersOf,
  outputOf,
  padsInFull,
  replaceNodes,
  takersOf,
} from './wiring.ts';

/** A convolution point by point, and one channel by channel after it: YuNet ends in four of these on each map. */
type Head = { readonly point: Convolution; readonly each: Convolution; readonly channels: number };

/**
 * Heads on one map side by side, as one head with all their channels, cut apart afterwards. A head of one channel or ten is
 * as dear to onnxruntime as one of sixteen, and what works channel by channel leaves the blocked layout.
 */
export function joinHeads(graph: Graph): Graph {
  const heads = headsOf(graph);
  const groups = Object.values(Object.groupBy(heads, ({ point }) => inputOf(point.node))).flatMap((group = []) =>
    fits(group) ? [group] : [],
  );
  // The first one's place is as good as any: all that they need is the map.
  const first = new Map(groups.map((group) => [group[0]?.point.node, group]));
  const joined = new Set(groups.flat().flatMap(({ point, each }) => [point.node, each.node]));
  return replaceNodes(graph, (node, edit) => {
    const group = first.get(node);
    if (group) return join(group, graph, edit);
    return joined.has(node) ? [] : [node];
  });
}

function headsOf(graph: Graph): readonly Head[] {
  const takers = takersOf(graph);
  return graph.nodes.flatMap((node) => {
    const point = convolution(node, graph);
    const [taker, ...others] = takers.get(outputOf(node)) ?? [];
    const each = convolution(taker, graph);
    if (!point || !each || others.length > 0 || graph.outputs.includes(outputOf(node))) return [];
    const channels = point.weight.dims[0] ?? 0;
    const isHead =
      isPointwise(point) && isByChannel(each, channels) && node.inputs.length === 3 && each.node.inputs.length === 3;
    return isHead ? [{ point, each, channels }] : [];
  });
}

const isPointwise = ({ node, group, weight: { dims } }: Convolution): boolean =>
  group === 1 &&
  dims[2] === 1 &&
  dims[3] === 1 &&
  isPlain(node) &&
  (integers(node, 'pads') ?? []).every((pad) => pad === 0);

const isByChannel = ({ node, group, weight: { dims } }: Convolution, channels: number): boolean =>
  group === channels && dims[0] === channels && dims[1] === 1 && isPlain(node);

const isPlain = (node: Node): boolean =>
  padsInFull(node) &&
  [...(integers(node, 'strides') ?? []), ...(integers(node, 'dilations') ?? [])].every((step) => step === 1);

/** Several of them, whole blocks of channels together, and the second halves all alike. */
function fits(group: readonly Head[]): boolean {
  const channels = group.reduce((sum, head) => sum + head.channels, 0);
  const shapes = new Set(group.map(({ each }) => [each.weight.dims.slice(2), integers(each.node, 'pads')].join()));
  return group.length > 1 && channels % BLOCK === 0 && shapes.size === 1;
}

function join(group: readonly Head[], graph: Graph, { fresh, weight }: Edit): Node[] {
  const [first] = group;
  if (!first) return [];
  const hint = outputOf(first.each.node);
  const channels = group.reduce((sum, head) => sum + head.channels, 0);
  const together = (what: 'point' | 'each', at: 1 | 2): string => {
    const tensors = group.map((head) => graph.tensors.get(head[what].node.inputs[at] ?? ''));
    return weight(`${hint}/${what}${at}`, stacked(tensors.flatMap((tensor) => tensor ?? [])));
  };
  const [middle, whole] = [fresh(`${hint}/middle`), fresh(`${hint}/whole`)];
  const attributes = new Map([...first.each.node.attributes, integerAttribute('group', channels)]);
  const conv = { ...first.point.node, inputs: [inputOf(first.point.node), together('point', 1), together('point', 2)] };
  const byChannel = { ...first.each.node, inputs: [middle, together('each', 1), together('each', 2)], attributes };
  return [{ ...conv, outputs: [middle] }, { ...byChannel, outputs: [whole] }, ...cutApart(group, whole, weight)];
}

function cutApart(group: readonly Head[], whole: string, weight: Edit['weight']): Node[] {
  let from = 0;
  return group.map(({ each, channels }) => {
    const output = outputOf(each.node);
    const bounds = [from, from + channels, 1].map((value, n) => weight(`${output}/cut${n}`, integerTensor([value])));
    from += channels;
    return newNode('Slice', [whole, ...bounds], output);
  });
}

/** One behind the other along the first axis. */
function stacked(tensors: readonly Tensor[]): Tensor {
  const values = tensors.flatMap((tensor) => [...(floatsIn(tensor) ?? [])]);
  const count = tensors.reduce((sum, { dims: [size = 0] }) => sum + size, 0);
  return floatTensor([count, ...(tensors[0]?.dims.slice(1) ?? [])], Float32Array.from(values));
}

/**
 * The shape `[as many pictures as there are, ...]` written down: a station looks at one picture at a time, and finding out
 * how many there are takes four operators for each output.
 */
export function oneAtATime(graph: Graph): Graph {
  const makers = makersOf(graph);
  return replaceNodes(graph, (node, { weight }) => {
    const shape = is(node, 'Reshape') ? makers.get(node.inputs[1] ?? '') : undefined;
    if (!is(shape, 'Concat')) return [node];
    const [first = '', ...rest] = shape.inputs;
    const sizes = rest.map((name) => graph.tensors.get(name)).map((tensor) => tensor && integersIn(tensor)?.[0]);
    if (!isBatch(first, graph, makers) || sizes.includes(undefined)) return [node];
    const dims = sizes.flatMap((size) => size ?? []);
    return [{ ...node, inputs: [inputOf(node), weight(`${outputOf(node)}/shape`, integerTensor([1, ...dims]))] }];
  });
}

/** Whether it is the first size of some value, and nothing else. */
function isBatch(name: string, graph: Graph, makers: ReadonlyMap<string, Node>): boolean {
  const unsqueeze = makers.get(name);
  const gather = is(unsqueeze, 'Unsqueeze') ? makers.get(inputOf(unsqueeze)) : undefined;
  const index = is(gather, 'Gather') ? graph.tensors.get(gather.inputs[1] ?? '') : undefined;
  return (
    gather !== undefined &&
    is(makers.get(inputOf(gather)), 'Shape') &&
    index !== undefined &&
    integersIn(index)?.[0] === 0
  );
}
