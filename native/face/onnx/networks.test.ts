import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { sharedData } from '../../../tests/kit/shared-data.ts';
import { detectFaces } from '../networks/detector.ts';
import { openNetwork } from '../networks/open-network.ts';
import { type Picture, resizeToBgr } from '../picture/pixels.ts';
import { decodeStill } from '../picture/still.ts';
import { fasterGraph } from './index.ts';
import { decodeModel, encodeModel } from './model-proto.ts';
import { ort } from './runtime.ts';

const feeds = join(sharedData, 'camera');
const pathOf = (file: string): string | undefined =>
  MODELS.folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
const DETECTOR = 'yunet_s_dynamic.onnx';

/**
 * What each network looks at: a square of this side, or less wide, and numbers up to this. Landmarks come pixel by pixel, others
 * colour by colour.
 */
const NETWORKS = [
  { file: DETECTOR, input: 'input', side: 320, white: 255 },
  { file: 'MiniFASNetV1SE.onnx', input: 'input', side: 80, white: 255 },
  { file: 'espressif-mbf-512.onnx', input: 'input', side: 112, white: 255 },
  { file: 'MiniFASNetPv1.onnx', input: 'input', side: 80, width: 60, white: 255 },
  { file: 'face-reidentification-retail-0095.onnx', input: '0', side: 128, white: 255 },
  { file: 'face_landmarks_detector.onnx', input: 'input_12', side: 256, white: 1, pixelwise: true },
  { file: 'head-pose-estimation-adas-0001.onnx', input: 'data', side: 60, white: 255 },
  { file: 'open-closed-eye.onnx', input: 'input.1', side: 32, white: 1 },
  { file: 'yolox_nano.onnx', input: 'images', side: 416, white: 255 },
];

async function pictures(): Promise<Picture[]> {
  const files = readdirSync(feeds).filter((file) => file.endsWith('.mjpeg'));
  const few = files.filter((_, i) => i % Math.ceil(files.length / 4) === 0);
  return Promise.all(
    few.map((file) => {
      const bytes = readFileSync(join(feeds, file));
      const end = bytes.indexOf('ffd8ff', 3, 'hex');
      return decodeStill(bytes.subarray(0, end > 0 ? end : undefined));
    }),
  );
}

/** The faces of the feeds, or whole pictures where there is none, as a network wants them. */
async function inputs({ side, width = side, white, pixelwise }: (typeof NETWORKS)[number]): Promise<ort.Tensor[]> {
  const detector = await openNetwork(readFileSync(pathOf(DETECTOR) ?? ''), 1);
  const tensors: ort.Tensor[] = [];
  for (const picture of await pictures()) {
    const [face] = await detectFaces(detector, picture);
    const region = face ?? { x: 0, y: 0, width: picture.width, height: picture.height };
    const planar = resizeToBgr(picture, region, width, side).map((value) => (value * white) / 255);
    const plane = side * width;
    const pixels = planar.map((_, i) => planar[(2 - (i % 3)) * plane + Math.floor(i / 3)] as number);
    tensors.push(
      new ort.Tensor('float32', pixelwise ? pixels : planar, pixelwise ? [1, side, width, 3] : [1, 3, side, width]),
    );
  }
  return tensors;
}

const open = (bytes: Uint8Array): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });

const there = existsSync(feeds) && pathOf(DETECTOR) !== undefined;

describe.each(NETWORKS)('$file (skipped where the weights or camera feeds are not on this machine)', (network) => {
  const path = pathOf(network.file);

  it.skipIf(!path)('comes out of decoding and encoding as it went in, and is refused when cut off', () => {
    const bytes = new Uint8Array(readFileSync(path ?? ''));
    expect(Buffer.compare(encodeModel(decodeModel(bytes)), bytes)).toBe(0);
    for (const end of [1, 100, bytes.length >> 1, bytes.length - 1])
      expect(() => fasterGraph(bytes.subarray(0, end))).toThrow('not an ONNX model');
  });

  it.skipIf(!path || !there)('answers the same on real faces when made faster', async () => {
    const bytes = readFileSync(path ?? '');
    const [original, faster] = [await open(bytes), await open(fasterGraph(bytes))];
    for (const input of await inputs(network)) {
      const [expected, actual] = [
        await original.run({ [network.input]: input }),
        await faster.run({ [network.input]: input }),
      ];
      for (const name of original.outputNames) expectClose(expected[name], actual[name]);
    }
  });
});

function expectClose(expected: ort.OnnxValue | undefined, actual: ort.OnnxValue | undefined): void {
  const [p, q] = [expected?.data as Float32Array, actual?.data as Float32Array];
  const dot = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const largest = p.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const error = p.reduce((most, value, i) => Math.max(most, Math.abs(value - (q[i] as number))), 0);
  // Of the largest: with another order of adding, float32 itself moves coordinates of hundreds of pixels by that much.
  expect(error / largest).toBeLessThan(1e-4);
  // The cosine of one number says nothing.
  if (p.length > 1) expect(dot(p, q) / Math.sqrt(dot(p, p) * dot(q, q))).toBeGreaterThan(0.99999);
}
