import { fasterGraph } from '../onnx/index.ts';
import { ort } from '../onnx/runtime.ts';

/** What a run gives: the values of every output, by the name the graph gives it. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** One network, wherever it runs. Every network of the pack has one input; it is not to be used after the call. */
export type Network = (input: Float32Array, shape: readonly number[]) => Promise<Outputs>;

/**
 * Opens a graph, rewritten into a form that runs faster, on threads of its own.
 * @param threads that share one run; more than one pays only where nothing else wants the processor
 */
export async function openNetwork(weights: Uint8Array, threads: number): Promise<Network> {
  const session = await ort.InferenceSession.create(fasterGraph(weights), {
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

/** The shape of one picture in planes: NCHW. */
export const planes = (height: number, width: number): readonly number[] => [1, 3, height, width];

/** @throws Error where the graph has no such output: the weights are not the ones the manifest names */
export function valuesOf(outputs: Outputs, name: string): Float32Array {
  const values = outputs[name];
  if (!values) throw new Error(`the network has no output ${name}`);
  return values;
}

/** @throws Error where the graph has another number of outputs than one */
export function onlyOutput(outputs: Outputs): Float32Array {
  const [values, ...more] = Object.values(outputs);
  if (!values || more.length > 0) throw new Error('the network does not have one output');
  return values;
}
