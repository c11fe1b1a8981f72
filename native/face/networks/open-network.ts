import { fasterGraph } from '../onnx/index.ts';
import { ort } from '../onnx/runtime.ts';
import type { Network } from './network.ts';

/**
 * Opens a graph, rewritten into a form that runs faster, on threads of its own. Only threads that run networks come here:
 * whoever merely asks them never loads onnxruntime.
 * @param threads that share one run; more than one pays only where nothing else wants the processor
 */
export const openNetwork = async (weights: Uint8Array, threads: number): Promise<Network> =>
  openGraph(fasterGraph(weights), threads);

/** Opens a graph as it is written. */
export async function openGraph(bytes: Uint8Array, threads: number): Promise<Network> {
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    // Threads that have nothing to do give the processor to whoever has.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const [input] = session.inputNames;
  if (!input || session.inputNames.length !== 1) throw new Error('the network does not have one input');
  return async (values, shape) => {
    const results = await session.run({ [input]: new ort.Tensor('float32', values, shape) });
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
  };
}
