import { forgetShapes, type Graph, integerAttribute, type Node, type Tensor } from './model-proto.ts';
import { BLOCK, slopesOf } from './prelu.ts';
import { floatsIn, floatTensor, sizeOf } from './weights.ts';
import { convolution, type Edit, inputOf, is, outputOf, replaceNodes, takersOf } from './wiring.ts';

/** Channels that only ever meet themselves, from the convolution that makes them to those that mix them. */
type Region = { readonly values: Set<string>; readonly within: Set<Node>; readonly mixing: Set<Node> };
type Sizes = { readonly outputs: Map<Node, number>; readonly inputs: Map<Node, number> };

/**
 * Fills channels up with zeros to whole blocks: onnxruntime does convolutions over 13 or 103 of them one number at a time.
 * The zeros stay zeros, and nobody sees them: whoever mixes channels weighs the new ones with zero.
 */
export function fillChannels(graph: Graph): Graph {
  const sizes: Sizes = { outputs: new Map(), inputs: new Map() };
  const values = new Set<string>();
  const takers = takersOf(graph);
  for (const node of graph.nodes) {
    const count = convolution(node, graph)?.weight.dims[0] ?? 0;
    // Few channels in a large block would be mostly zeros.
    if (count % BLOCK === 0 || count * 2 < BLOCK) continue;
    const region = regionFrom(node, count, graph, takers);
    if (!region) continue;
    const full = Math.ceil(count / BLOCK) * BLOCK;
    for (const name of region.values) values.add(name);
    for (const member of region.within) sizes.outputs.set(member, full);
    for (const mixer of region.mixing) sizes.inputs.set(mixer, full);
  }
  return forgetShapes(
    replaceNodes(graph, (node, edit) => [filled(node, sizes, graph, edit)]),
    values,
  );
}

function regionFrom(
  first: Node,
  count: number,
  graph: Graph,
  takers: ReadonlyMap<string, readonly Node[]>,
): Region | undefined {
  if (convolution(first, graph)?.group !== 1) return undefined;
  const region: Region = { values: new Set(), within: new Set([first]), mixing: new Set() };
  for (const member of region.within) {
    const name = outputOf(member);
    region.values.add(name);
    if (graph.outputs.includes(name)) return undefined;
    for (const node of takers.get(name) ?? []) {
      if (inputOf(node) !== name) return undefined;
      if (keepsApart(node, count, graph)) region.within.add(node);
      else if (convolution(node, graph)?.group === 1) region.mixing.add(node);
      else return undefined;
    }
  }
  return region;
}

function keepsApart(node: Node, count: number, graph: Graph): boolean {
  if (is(node, 'Relu', 'LeakyRelu')) return true;
  if (is(node, 'PRelu')) return slopesOf(node, graph)?.length === count;
  const conv = convolution(node, graph);
  return conv?.group === count && conv.weight.dims[0] === count;
}

function filled(node: Node, { outputs, inputs }: Sizes, graph: Graph, { weight }: Edit): Node {
  const [full, fullInput] = [outputs.get(node), inputs.get(node)];
  const [x = '', ...names] = node.inputs;
  if ((!full && !fullInput) || names.length === 0) return node;
  const grown = names.map((name) => {
    const original = graph.tensors.get(name) as Tensor;
    let tensor = original;
    // Weights and slopes end in two axes of the picture; a bias has the one of channels only.
    const axis = is(node, 'PRelu') ? tensor.dims.length - 3 : 0;
    if (full) tensor = grow(tensor, axis, full);
    if (fullInput && tensor.dims.length === 4) tensor = grow(tensor, 1, fullInput);
    return tensor === original ? name : weight(`${name}/filled`, tensor);
  });
  const depthwise = full && convolution(node, graph) && convolution(node, graph)?.group !== 1;
  const group = depthwise ? [integerAttribute('group', full)] : [];
  return { ...node, inputs: [x, ...grown], attributes: new Map([...node.attributes, ...group]) };
}

function grow(tensor: Tensor, axis: number, size: number): Tensor {
  const inner = sizeOf(tensor.dims.slice(axis));
  const fullInner = sizeOf(tensor.dims.with(axis, size).slice(axis));
  const source = floatsIn(tensor) ?? new Float32Array();
  const values = new Float32Array((source.length / inner) * fullInner);
  for (let from = 0, to = 0; from < source.length; from += inner, to += fullInner)
    values.set(source.subarray(from, from + inner), to);
  return floatTensor(tensor.dims.with(axis, size), values);
}
