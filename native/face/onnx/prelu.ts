import { floatAttribute, type Graph, integerAttribute, type Node, newNode } from './model-proto.ts';
import { floatsIn, floatTensor } from './weights.ts';
import { channelsOf, type Edit, inputOf, is, outputOf, replaceNodes } from './wiring.ts';

/** PRelu with one slope for all is LeakyRelu, which onnxruntime makes part of the convolution before it. */
export const leakyRelus = (graph: Graph): Graph =>
  replaceNodes(graph, (node) => {
    const [slope, ...more] = new Set(slopesOf(node, graph));
    if (slope === undefined || more.length > 0) return [node];
    return [newNode('LeakyRelu', [inputOf(node)], outputOf(node), [floatAttribute('alpha', slope)])];
  });

/**
 * PRelu(y) = y + (1 - slope) relu(-y), as two depthwise 1 x 1 convolutions. That is more arithmetic, but convolutions work
 * on channels in blocks, while PRelu has the picture reordered before and after it and then decides number by number.
 */
export function splitPRelus(graph: Graph): Graph {
  const channels = channelsOf(graph);
  return replaceNodes(graph, (node, edit) => {
    const slopes = slopesOf(node, graph);
    const fits = slopes && slopes.length % BLOCK === 0 && channels.get(inputOf(node)) === slopes.length;
    return fits ? split(node, slopes, edit) : [node];
  });
}

/** Channels onnxruntime handles together: 16 with AVX-512, 8 without. */
export const BLOCK = 16;

function split(node: Node, slopes: Float32Array, { fresh, weight }: Edit): Node[] {
  const [x, y] = [inputOf(node), outputOf(node)];
  const each = (name: string, values: Float32Array) =>
    weight(`${y}/${name}`, floatTensor([slopes.length, 1, 1, 1], values));
  const [negative, clipped, lift] = [fresh(`${y}/negative`), fresh(`${y}/clipped`), fresh(`${y}/lift`)];
  const group = [integerAttribute('group', slopes.length)];
  return [
    newNode(
      'Conv',
      [
        x,
        each(
          'minus',
          slopes.map(() => -1),
        ),
      ],
      negative,
      group,
    ),
    newNode('Relu', [negative], clipped),
    newNode(
      'Conv',
      [
        clipped,
        each(
          'rest',
          slopes.map((slope) => 1 - slope),
        ),
      ],
      lift,
      group,
    ),
    newNode('Add', [lift, x], y),
  ];
}

/** The slopes of a PRelu that has one for each channel of a picture, or one for all. */
export function slopesOf(node: Node, graph: Graph): Float32Array | undefined {
  const tensor = is(node, 'PRelu') ? graph.tensors.get(node.inputs[1] ?? '') : undefined;
  const size = tensor?.dims.at(-3) ?? 1;
  const perChannel = tensor?.dims.every((dim, axis, { length }) => dim === (axis === length - 3 ? size : 1));
  return perChannel && tensor ? floatsIn(tensor) : undefined;
}
