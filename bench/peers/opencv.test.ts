import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ort } from '../../native/face/onnx/runtime.ts';
import { openOpenCv, type PeerGraph } from './opencv.ts';

const folder = process.env.EXAM_STATION_MODELS ?? resolve(import.meta.dirname, '../../../shared/models');
const spoofFile = resolve(folder, 'MiniFASNetV1SE.onnx');
const poseFile = resolve(folder, 'head-pose-estimation-adas-0001.onnx');

async function graph(file: string, side: number): Promise<PeerGraph> {
  const model = readFileSync(file);
  const shape = [1, 3, side, side];
  const data = Float32Array.from({ length: 3 * side * side }, (_, i) => 128 + 100 * Math.sin(i / 7));
  const session = await ort.InferenceSession.create(model);
  const output = await session.run({ [session.inputNames[0] as string]: new ort.Tensor('float32', data, shape) });
  const floats = Object.entries(output).map(([name, tensor]) => [name, tensor.data as Float32Array]);
  return { model, input: { shape, data }, expected: Object.fromEntries(floats) };
}

it('measures a graph, one with half floats too, and refuses one that answers otherwise', async ({ skip }) => {
  if (!existsSync(spoofFile) || !existsSync(poseFile)) return skip(`the model pack is not in ${folder}`);
  const spoof = await graph(spoofFile, 80);
  const graphs = {
    spoof,
    pose: await graph(poseFile, 60),
    other: { ...spoof, expected: { output: Float32Array.of(1, 2, 3) } },
    broken: { ...spoof, model: Uint8Array.of(0x3a, 0x80) },
  };
  const peer = await openOpenCv(graphs);
  if ('skipped' in peer) return skip(peer.skipped);
  await using opened = peer;
  expect(opened.failed).toEqual({ other: expect.stringContaining("not onnxruntime's"), broken: expect.any(String) });
  expect(opened.widened).toEqual({ pose: expect.stringContaining('FLOAT16') });
  await opened.setThreads(2);
  expect(await opened.run('spoof')).toBeGreaterThan(0);
  expect(await opened.run('pose')).toBeGreaterThan(0);
  await expect(opened.run('broken')).rejects.toThrow('broken');
});
