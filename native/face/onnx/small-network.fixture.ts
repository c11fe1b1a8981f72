import { encodeModel, type Node, type Tensor } from './model-proto.ts';
import { ort } from './runtime.ts';
import { floatTensor, sizeOf } from './weights.ts';
import { concat, readFields, writeBytes, writeInteger, writeText } from './wire.ts';

const SIDE = 6;
export const input = new ort.Tensor('float32', noise(3 * SIDE * SIDE, 1), [1, 3, SIDE, SIDE]);

/** Numbers from -1 to 1, others for another seed. */
function noise(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((i + 1) * 12.9898 * seed + seed));
}
export const weights = (seed: number, ...dims: number[]): Tensor => floatTensor(dims, noise(sizeOf(dims), seed));

/** A network that begins with `x`, three channels, and ends with `y` and what else is named. */
export function network(
  nodes: readonly Node[],
  tensors: Record<string, Tensor>,
  outputs: readonly string[] = ['y'],
): Uint8Array {
  const shape = concat([1, 3, SIDE, SIDE].map((dim) => writeBytes(1, writeInteger(1, dim))));
  const type = (inner: Uint8Array) => writeBytes(2, writeBytes(1, concat([writeInteger(1, 1), inner])));
  const others = [
    writeText(2, 'test'),
    writeBytes(11, concat([writeText(1, 'x'), type(writeBytes(2, shape))])),
    ...outputs.map((name) => writeBytes(12, concat([writeText(1, name), type(new Uint8Array())]))),
  ];
  const graph = {
    nodes,
    tensors: new Map(Object.entries(tensors)),
    inputs: ['x'],
    outputs,
    others: readFields(concat(others)),
  };
  const header = concat([writeInteger(1, 8), writeBytes(8, writeInteger(2, 13))]);
  return encodeModel({ graph, opset: 13, others: readFields(header) });
}

export async function outputsOf(bytes: Uint8Array): Promise<number[][]> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const result = await session.run({ x: input });
  await session.release();
  return session.outputNames.map((name) => Array.from((result[name] as ort.Tensor).data as Float32Array));
}
