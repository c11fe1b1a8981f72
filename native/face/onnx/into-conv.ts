import { type Graph, integerAttribute, newNode } from './model-proto.ts';
import { BLOCK } from './prelu.ts';
import { floatsIn, floatTensor } from './weights.ts';
import { channelsOf, channelsPadded, inputOf, is, makersOf, outputOf, replaceNodes } from './wiring.ts';

// Other ways to say "convolution": with these, too, channels stay in blocks.

/** Scale and shift of each channel behind a Relu (batch normalisation, when exported) as one depthwise 1 x 1 convolution. */
export function affineConvs(graph: Graph): Graph {
  const makers = makersOf(graph);
  const channels = channelsOf(graph);
  return replaceNodes(graph, (add, { weight }) => {
    const mul = is(add, 'Add') ? makers.get(inputOf(add)) : undefined;
    const x = is(mul, 'Mul') ? inputOf(mul) : '';
    const count = channels.get(x) ?? 0;
    // Right behind a convolution onnxruntime works them into its weights, which is better still.
    if (!mul || !is(makers.get(x), 'Relu') || count % BLOCK) return [add];
    const perChannel = ([, name = '']: readonly string[]) => {
      const tensor = graph.tensors.get(name);
      return tensor?.dims.join() === `1,${count},1,1` ? floatsIn(tensor) : undefined;
    };
    const [scale, shift, y] = [perChannel(mul.inputs), perChannel(add.inputs), outputOf(add)];
    if (!scale || !shift) return [add];
    const w = weight(`${y}/scale`, floatTensor([count, 1, 1, 1], scale));
    const b = weight(`${y}/shift`, floatTensor([count], shift));
    return [newNode('Conv', [x, w, b], y, [integerAttribute('group', count)])];
  });
}

/** Channels of zeros put behind those that are there, as a 1 x 1 convolution with the unit matrix. */
export function channelPads(graph: Graph): Graph {
  const channels = channelsOf(graph);
  return replaceNodes(graph, (node, { weight }) => {
    const x = inputOf(node);
    const [count, extra] = [channels.get(x), channelsPadded(node, graph)];
    if (!count || !extra) return [node];
    const unit = new Float32Array((count + extra) * count);
    for (let i = 0; i < count; i++) unit[i * count + i] = 1;
    const w = weight(`${outputOf(node)}/unit`, floatTensor([count + extra, count, 1, 1], unit));
    return [newNode('Conv', [x, w], outputOf(node))];
  });
}
