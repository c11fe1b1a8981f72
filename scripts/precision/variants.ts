import { fasterGraph, plainGraph, withoutUnused } from '../../native/face/onnx/index.ts';
import { decodeModel, encodeModel, type Graph, type Model } from '../../native/face/onnx/model-proto.ts';
import { halfGraph } from './float16.ts';
import { byteSlopes, bytesWithin, int8Graph } from './int8.ts';
import { type Input, rangesWithin } from './ranges.ts';

export const VARIANTS = ['float32', 'float16', 'int8, but for PReLU', 'int8'] as const;
export type Variant = (typeof VARIANTS)[number];
export type Graphs = Readonly<Record<Variant, Uint8Array>>;

/**
 * A network at each precision, in memory: as a station runs it, and at lower ones.
 * @param inputs what values are seen on: their steps are chosen so that these fit
 */
export async function atEveryPrecision(weights: Uint8Array, inputs: readonly Input[]): Promise<Graphs> {
  const [shipped, plain] = [fasterGraph(weights), decodeModel(plainGraph(weights))];
  const inBytes = async (graph: Graph): Promise<Uint8Array> => {
    const ranges = await rangesWithin({ ...plain, graph }, bytesWithin(graph), inputs);
    return encoded(plain, int8Graph(graph, ranges));
  };
  return {
    float32: shipped,
    float16: encoded(plain, halfGraph(decodeModel(shipped).graph)),
    'int8, but for PReLU': await inBytes(plain.graph),
    int8: await inBytes(byteSlopes(plain.graph)),
  };
}

const encoded = (model: Model, graph: Graph): Uint8Array => encodeModel({ ...model, graph: withoutUnused(graph) });
