import { FLOAT16, type Tensor } from '../../native/face/onnx/model-proto.ts';
import { readFields, writeBytes } from '../../native/face/onnx/wire.ts';

/** Numbers of the kinds that lower precision is made of, and their TensorProto.DataType. */
const TYPES = { uint8: 2, int8: 3, int32: 6, float16: FLOAT16 } as const;
type Numbers = Uint8Array | Int8Array | Int32Array | Float16Array;

/** TensorProto.raw_data. */
const RAW_DATA = 9;

export function tensorOf(type: keyof typeof TYPES, dims: readonly number[], values: Numbers): Tensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { dims, type: TYPES[type], others: readFields(writeBytes(RAW_DATA, bytes)) };
}
