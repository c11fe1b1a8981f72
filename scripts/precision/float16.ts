import { FLOAT, FLOAT16, type Graph, integerAttribute, newNode } from '../../native/face/onnx/model-proto.ts';
import { floatsIn } from '../../native/face/onnx/weights.ts';
import { tensorOf } from './tensors.ts';

/** What a graph says of its values' types and shapes (GraphProto.value_info): wrong once they are halves. */
const VALUE_INFO = 13;

/** The same network with halves for weights and values: floats go in, and floats come out. */
export function halfGraph(graph: Graph): Graph {
  const outside = new Set([...graph.inputs, ...graph.outputs]);
  const within = (name: string): string => (outside.has(name) ? `${name}/half` : name);
  const cast = (type: number, from: string, to: string) => newNode('Cast', [from], to, [integerAttribute('to', type)]);
  const halves = [...graph.tensors].map(([name, tensor]) => {
    const values = floatsIn(tensor);
    return [name, values ? tensorOf('float16', tensor.dims, Float16Array.from(values)) : tensor] as const;
  });
  return {
    ...graph,
    nodes: [
      ...graph.inputs.map((name) => cast(FLOAT16, name, within(name))),
      ...graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(within), outputs: node.outputs.map(within) })),
      ...graph.outputs.map((name) => cast(FLOAT, within(name), name)),
    ],
    tensors: new Map(halves),
    others: graph.others.filter(({ number }) => number !== VALUE_INFO),
  };
}
