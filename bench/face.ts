import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type * as ort from 'onnxruntime-node';
import { analyse, type Networks, openNetworks } from '../native/face/analyse.ts';
import { liveScore } from '../native/face/anti-spoof.ts';
import { detectFaces, type FaceBox } from '../native/face/detector.ts';
import { alignFace, embed } from '../native/face/embedder.ts';
import { decodeStill } from '../native/face/index.ts';
import { readModels } from '../native/face/model-store.ts';
import { mirrored, type Picture, type Region, resizeToBgr } from '../native/face/pixels.ts';
import { measureQuality } from '../native/face/quality.ts';
import { pictureTensor } from '../native/face/tensors.ts';
import { measure, type Timing, type Work } from './measure.ts';

/**
 * The face engine against its physical bound: bare onnxruntime on the same graphs with inputs made beforehand. What is more
 * than the bound is ours: cutting out, scaling, aligning, reading results.
 */
const shared = process.env.EXAM_STATION_DATA ?? resolve(import.meta.dirname, '../../shared/data');
const FEED = join(shared, 'camera/G_frontal.mjpeg');

export type FaceBench = {
  readonly input: string;
  readonly rounds: number;
  readonly threads: Readonly<Record<string, Readonly<Record<string, StageCost>>>>;
};
export type StageCost = {
  readonly ours: Timing;
  /** Bare graphs; `null` for a stage without one. */
  readonly bound: Timing | null;
  /** Of the medians. */
  readonly ratio: number | null;
};

/** @throws Error in words where the feed is not there; Refusal where the weights are not */
export async function benchFace(rounds: number): Promise<FaceBench> {
  if (!existsSync(FEED)) throw new Error(`${FEED} is not there: the bench needs a real frame`);
  const bytes = readFileSync(FEED);
  const end = bytes.indexOf('ffd8ff', 3, 'hex');
  const picture = await decodeStill(bytes.subarray(0, end > 0 ? end : undefined));
  const weights = readModels();
  const threads: Record<string, Record<string, StageCost>> = {};
  for (const count of [1, 2]) threads[count] = await benchStages(await openNetworks(weights, count), picture, rounds);
  return { input: `${FEED}, first frame, ${picture.width} x ${picture.height}`, rounds, threads };
}

async function benchStages(nets: Networks, picture: Picture, rounds: number) {
  const [face] = await detectFaces(nets.detector, picture);
  if (!face) throw new Error('nobody in the frame');
  const aligned = alignFace(picture, face);
  const bare = bareGraphs(nets, picture, face, aligned);
  const spoof = { v2: nets.antiSpoofV2, v1se: nets.antiSpoofV1SE };
  const works = {
    detect: () => detectFaces(nets.detector, picture),
    'detect bound': bare.detect,
    quality: async () => measureQuality(face, alignFace(picture, face)),
    live: () => liveScore(spoof, picture, face),
    'live bound': bare.live,
    embed: () => embed(nets.embedder, aligned),
    'embed bound': bare.embed,
    whole: () => analyse(nets, picture),
    'whole bound': async () => {
      await bare.detect();
      await bare.live();
      await bare.embed();
    },
  } satisfies Record<string, Work>;
  const times = await measure(works, rounds);
  const against = (ours: Timing, bound: Timing): StageCost => ({ ours, bound, ratio: ours.medianMs / bound.medianMs });
  return {
    detect: against(times.detect, times['detect bound']),
    quality: { ours: times.quality, bound: null, ratio: null },
    live: against(times.live, times['live bound']),
    embed: against(times.embed, times['embed bound']),
    whole: against(times.whole, times['whole bound']),
  };
}

/**
 * The same runs of the same graphs as one check-in frame needs, on the same picture cut out beforehand. Not on noise: the
 * graphs are up to a fifth faster on that.
 */
function bareGraphs(nets: Networks, picture: Picture, face: FaceBox, aligned: Float32Array) {
  const { width, height } = picture;
  const cut = (region: Region, h: number, w: number): ort.Tensor =>
    pictureTensor(resizeToBgr(picture, region, w, h), h, w);
  const scale = 320 / Math.max(width, height);
  const padded = (side: number): number => Math.ceil((side * scale) / 32) * 32;
  const frame = cut({ x: 0, y: 0, width, height }, padded(height), padded(width));
  const crop = cut(face, 80, 80);
  const [front, mirror] = [aligned, mirrored(aligned, 128)].map((side) => pictureTensor(side, 128, 128));
  return {
    detect: () => nets.detector.run({ input: frame }),
    live: async () => {
      await nets.antiSpoofV2.run({ input: crop });
      await nets.antiSpoofV1SE.run({ input: crop });
    },
    embed: async () => {
      await nets.embedder.run({ '0': front as ort.Tensor });
      await nets.embedder.run({ '0': mirror as ort.Tensor });
    },
  };
}
