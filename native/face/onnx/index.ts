import { fillChannels } from './channels.ts';
import { foldConstants } from './constants.ts';
import { focusConvs } from './focus.ts';
import { joinHeads, oneAtATime } from './heads.ts';
import { affineConvs, channelPads } from './into-conv.ts';
import { decodeModel, encodeModel, type Graph, hasGraphs } from './model-proto.ts';
import { leakyRelus, splitPRelus } from './prelu.ts';

type Rewrite = (graph: Graph) => Graph;
const ANYWHERE: readonly Rewrite[] = [focusConvs, leakyRelus, oneAtATime];
/** Gains only where onnxruntime keeps channels in blocks: measured on x64 (AVX-512), so done there. */
const IN_BLOCKS: readonly Rewrite[] = [joinHeads, affineConvs, channelPads, fillChannels, splitPRelus];

/** Before that, operators the rewrites look at had another form. */
const OLDEST_OPERATORS = 11;

/**
 * The same network in a form that onnxruntime runs faster on a CPU. Results differ by rounding only;
 * the bytes are the same where there is nothing to gain.
 * @throws Error where the bytes are no ONNX model
 */
export function fasterGraph(bytes: Uint8Array, arch: string = process.arch): Uint8Array {
  const model = decodeModel(bytes);
  // Graphs within nodes use values of this one by name, unseen.
  if (model.opset < OLDEST_OPERATORS || model.graph.nodes.some(hasGraphs)) return bytes;
  const plain = foldConstants(model.graph);
  const rewrites = arch === 'x64' ? [...ANYWHERE, ...IN_BLOCKS] : ANYWHERE;
  const graph = rewrites.reduce((current, rewrite) => rewrite(current), plain);
  return graph === plain ? bytes : encodeModel({ ...model, graph: withoutUnused(graph) });
}

/**
 * The same network with its weights written out as floats, for engines that read no half floats.
 * @throws Error where the bytes are no ONNX model
 */
export function plainGraph(bytes: Uint8Array): Uint8Array {
  const model = decodeModel(bytes);
  return encodeModel({ ...model, graph: withoutUnused(foldConstants(model.graph)) });
}

/** Without nodes of which nobody takes anything, and weights that no node takes. */
export function withoutUnused(graph: Graph): Graph {
  const used = new Set(graph.outputs);
  // From the end: whoever takes a value comes after who makes it.
  const nodes = graph.nodes.toReversed().filter(({ inputs, outputs }) => {
    const kept = outputs.some((name) => used.has(name));
    if (kept) for (const name of inputs) used.add(name);
    return kept;
  });
  const tensors = new Map([...graph.tensors].filter(([name]) => used.has(name)));
  return { ...graph, nodes: nodes.reverse(), tensors };
}
