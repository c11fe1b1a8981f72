import { FLOAT, FLOAT16, INT64, type Tensor } from './model-proto.ts';
import { readFields, writeBytes } from './wire.ts';

/** TensorProto.raw_data. Floats may lie in other fields too, which no exporter of today uses: those are left alone. */
const RAW_DATA = 9;

/** A tensor's floats; `undefined` where it has numbers of another kind, or keeps them in another file. */
export const floatsIn = (tensor: Tensor): Float32Array | undefined => {
  const data = dataOf(tensor, FLOAT, 4);
  return data && new Float32Array(data);
};

/**
 * The same of half precision, where all are finite. A half's bits in a float's places are that number but for the bias of
 * its exponent. (Float16Array would do, but Node has it only since 24.)
 */
export function halvesIn(tensor: Tensor): Float32Array | undefined {
  const data = dataOf(tensor, FLOAT16, 2);
  if (!data) return undefined;
  const halves = new Uint32Array(new Uint16Array(data));
  const bits = halves.map((half) => ((half & 0x8000) << 16) | ((half & 0x7fff) << 13));
  const values = new Float32Array(bits.buffer).map((value) => value * 2 ** 112);
  return values.every((value) => Math.abs(value) < 2 ** 16) ? values : undefined;
}

export const integersIn = (tensor: Tensor): number[] | undefined => {
  const data = dataOf(tensor, INT64, 8);
  return data && Array.from(new BigInt64Array(data), Number);
};

/** Whether `floatsIn` has something to give. */
export const hasFloats = (tensor: Tensor): boolean => bodyOf(tensor, FLOAT, 4) !== undefined;

/** A copy: within the file the numbers need not lie where an array of them may begin. */
function dataOf(tensor: Tensor, type: number, bytes: number): ArrayBuffer | undefined {
  const body = bodyOf(tensor, type, bytes);
  return body && new Uint8Array(body).buffer;
}

function bodyOf(tensor: Tensor, type: number, bytes: number): Uint8Array | undefined {
  const data = tensor.others.find(({ number }) => number === RAW_DATA);
  return tensor.type === type && data?.body.length === sizeOf(tensor.dims) * bytes ? data.body : undefined;
}

export function floatTensor(dims: readonly number[], values: Float32Array): Tensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { dims, type: FLOAT, others: readFields(writeBytes(RAW_DATA, bytes)) };
}

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

export function integerTensor(values: readonly number[]): Tensor {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { dims: [values.length], type: INT64, others: readFields(writeBytes(RAW_DATA, bytes)) };
}
