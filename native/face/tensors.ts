import * as ort from 'onnxruntime-node';

/** Planar floats as the NCHW tensor of one picture. */
export const pictureTensor = (planar: Float32Array, height: number, width: number): ort.Tensor =>
  new ort.Tensor('float32', planar, [1, 3, height, width]);

/** @throws Error where the graph has no such output: the weights are not the ones the manifest names */
export function floatsOf(result: ort.InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const value = result[name];
  if (!value) throw new Error(`the network has no output ${name}`);
  return value.data as Float32Array;
}
