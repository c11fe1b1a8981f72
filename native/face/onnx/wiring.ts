import { type Graph, integers, type Node, type Tensor, text } from './model-proto.ts';
import { hasFloats, integersIn } from './weights.ts';

/** What a rewrite may add to the graph it works on. */
export type Edit = {
  /** A name nobody has yet. */
  readonly fresh: (hint: string) => string;
  /** Adds a weight. @returns its name */
  readonly weight: (hint: string, tensor: Tensor) => string;
};

/** The graph with each node replaced by what `replace` makes of it; the same graph where that is the same nodes. */
export function replaceNodes(graph: Graph, replace: (node: Node, edit: Edit) => readonly Node[]): Graph {
  const tensors = new Map(graph.tensors);
  const taken = new Set([...graph.inputs, ...tensors.keys(), ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const fresh = (hint: string): string => {
    let name = hint;
    while (taken.has(name)) name += '+';
    taken.add(name);
    return name;
  };
  const weight = (hint: string, tensor: Tensor): string => {
    const name = fresh(hint);
    tensors.set(name, tensor);
    return name;
  };
  const nodes = graph.nodes.flatMap((node) => replace(node, { fresh, weight }));
  const same = nodes.length === graph.nodes.length && nodes.every((node, i) => node === graph.nodes[i]);
  return same ? graph : { ...graph, nodes, tensors };
}

/** Whether a node is one of these standard operators. */
export const is = (node: Node | undefined, ...ops: readonly string[]): node is Node =>
  node !== undefined && node.domain === '' && ops.includes(node.op);

export const inputOf = (node: Node): string => node.inputs[0] ?? '';
export const outputOf = (node: Node): string => node.outputs[0] ?? '';

/** Who makes each value. */
export const makersOf = (graph: Graph): ReadonlyMap<string, Node> =>
  new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));

/** Who takes each value. */
export function takersOf(graph: Graph): ReadonlyMap<string, readonly Node[]> {
  const takers = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    for (const name of new Set(node.inputs)) takers.set(name, [...(takers.get(name) ?? []), node]);
  }
  return takers;
}

export type Convolution = { readonly node: Node; readonly weight: Tensor; readonly group: number };

/** A node as a two-dimensional convolution of pictures with known float weights; `undefined` where it is something else. */
export function convolution(node: Node | undefined, graph: Graph): Convolution | undefined {
  const [, w = '', b] = node?.inputs ?? [];
  const weight = graph.tensors.get(w);
  const bias = b ? graph.tensors.get(b) : undefined;
  if (!is(node, 'Conv') || weight?.dims.length !== 4 || !hasFloats(weight)) return undefined;
  if (b && !(bias && hasFloats(bias))) return undefined;
  return { node, weight, group: integers(node, 'group')?.[0] ?? 1 };
}

/** Whether a convolution's padding is written out, not derived from the size of its input. */
export const padsInFull = (node: Node): boolean => ['NOTSET', undefined].includes(text(node, 'auto_pad'));

/** How many channels of zeros a Pad puts behind those that are there, where that is all it does. */
export function channelsPadded(node: Node, graph: Graph): number | undefined {
  const [, amounts = '', ...value] = is(node, 'Pad') ? node.inputs : [];
  const tensor = graph.tensors.get(amounts);
  const pads = (tensor && integersIn(tensor)) ?? [];
  const extra = pads[5] ?? 0;
  const zeros = value.length === 0 && ['constant', undefined].includes(text(node, 'mode'));
  return zeros && extra > 0 && pads.join() === `0,0,0,0,0,${extra},0,0` ? extra : undefined;
}

const KEEPS_CHANNELS = ['Relu', 'LeakyRelu', 'PRelu', 'Sigmoid', 'MaxPool', 'AveragePool', 'GlobalAveragePool'];

/** How many channels each value has that certainly is pictures (four axes): whatever descends from convolutions. */
export function channelsOf(graph: Graph): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const node of graph.nodes) {
    const count = countOf(node, graph, known);
    if (count !== undefined) known.set(outputOf(node), count);
  }
  return known;
}

function countOf(node: Node, graph: Graph, known: ReadonlyMap<string, number>): number | undefined {
  const before = known.get(inputOf(node));
  if (is(node, 'Add', 'Mul')) return sharedCount(node, graph, known);
  if (is(node, ...KEEPS_CHANNELS)) return before;
  const extra = channelsPadded(node, graph);
  if (extra !== undefined) return before && before + extra;
  return convolution(node, graph)?.weight.dims[0];
}

function sharedCount(node: Node, graph: Graph, known: ReadonlyMap<string, number>): number | undefined {
  const count = node.inputs.map((name) => known.get(name)).find((value) => value !== undefined);
  const fits = (name: string): boolean =>
    known.get(name) === count || graph.tensors.get(name)?.dims.join() === [1, count, 1, 1].join();
  return node.inputs.every(fits) ? count : undefined;
}
