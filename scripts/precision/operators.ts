import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel } from '../../native/face/onnx/model-proto.ts';
import { ort } from '../../native/face/onnx/runtime.ts';

/** What onnxruntime makes of a graph on this machine: how many it runs of each operator. */
export async function operatorsOf(graph: Uint8Array): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(join(tmpdir(), 'precision-'));
  try {
    const optimizedModelFilePath = join(folder, 'optimized.onnx');
    const session = await ort.InferenceSession.create(graph, { optimizedModelFilePath, logSeverityLevel: 3 });
    await session.release();
    const { nodes } = decodeModel(readFileSync(optimizedModelFilePath)).graph;
    const counts = Map.groupBy(nodes, ({ op }) => op);
    return Object.fromEntries([...counts].map(([op, { length }]) => [op, length]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
