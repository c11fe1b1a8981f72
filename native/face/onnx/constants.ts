import { FLOAT, type Graph, integers, type Node, type Tensor } from './model-proto.ts';
import { floatsIn, floatTensor, halvesIn, integersIn, sizeOf } from './weights.ts';
import { is } from './wiring.ts';

/**
 * Weights stored as halves or in another shape, made plain ones, as onnxruntime would do itself: the other rewrites then
 * need to know one form only.
 */
export function foldConstants(graph: Graph): Graph {
  const tensors = new Map(graph.tensors);
  const nodes = graph.nodes.filter((node) => {
    const [name = ''] = node.outputs;
    const folded = graph.outputs.includes(name) ? undefined : foldNode(node, tensors);
    if (folded) tensors.set(name, folded);
    return !folded;
  });
  return { ...graph, nodes, tensors };
}

function foldNode(node: Node, tensors: ReadonlyMap<string, Tensor>): Tensor | undefined {
  const [source, shape] = node.inputs.map((name) => tensors.get(name));
  if (!source) return undefined;
  if (is(node, 'Cast') && integers(node, 'to')?.[0] === FLOAT) {
    const values = halvesIn(source);
    return values && floatTensor(source.dims, values);
  }
  const values = is(node, 'Reshape') && shape ? floatsIn(source) : undefined;
  const dims = values && shape && integersIn(shape);
  // -1 and 0 stand for what is left and what was there: rare in weights, and not worth more code.
  return dims?.every((dim) => dim > 0) && sizeOf(dims) === values?.length ? floatTensor(dims, values) : undefined;
}
