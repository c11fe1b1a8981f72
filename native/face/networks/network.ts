/** What a run gives: the values of every output, by the name the graph gives it. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** One network, wherever it runs. Every network of the pack has one input; it is not to be used after the call. */
export type Network = (input: Float32Array, shape: readonly number[]) => Promise<Outputs>;

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
