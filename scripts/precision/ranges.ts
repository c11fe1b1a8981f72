import { encodeModel, FLOAT, type Model } from '../../native/face/onnx/model-proto.ts';
import { ort } from '../../native/face/onnx/runtime.ts';
import { concat, readFields, writeBytes, writeInteger, writeText } from '../../native/face/onnx/wire.ts';
import type { Range } from './int8.ts';

export type Input = { readonly values: Float32Array; readonly shape: readonly number[] };

/** Where the numbers of these values lie while the network looks at some pictures. */
export async function rangesWithin(
  model: Model,
  names: readonly string[],
  inputs: readonly Input[],
): Promise<ReadonlyMap<string, Range>> {
  const session = await ort.InferenceSession.create(encodeModel(giving(model, names)), { logSeverityLevel: 3 });
  const [input = ''] = session.inputNames;
  const ranges = new Map<string, Range>();
  for (const { values, shape } of inputs) {
    const given = await session.run({ [input]: new ort.Tensor('float32', values, shape) });
    for (const name of names) {
      const numbers = name === input ? values : (given[name]?.data as Float32Array);
      ranges.set(name, widened(ranges.get(name) ?? [0, 0], numbers));
    }
  }
  await session.release();
  return ranges;
}

function widened([low, high]: Range, numbers: Float32Array): Range {
  let [from, to] = [low, high];
  for (const number of numbers) {
    if (number < from) from = number;
    if (number > to) to = number;
  }
  return [from, to];
}

/** The same network that gives these values too. */
function giving(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const inside = names.filter((name) => !graph.inputs.includes(name) && !graph.outputs.includes(name));
  const floats = writeBytes(2, writeBytes(1, writeInteger(1, FLOAT)));
  const outputs = inside.flatMap((name) => readFields(writeBytes(12, concat([writeText(1, name), floats]))));
  return { ...model, graph: { ...graph, others: [...graph.others, ...outputs] } };
}
