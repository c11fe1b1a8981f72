import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lookCloser } from '../native/face/engine/closer-look.ts';
import { type Eye, openEye } from '../native/face/engine/eye.ts';
import { openFarLane } from '../native/face/engine/far-lane.ts';
import { type Networks, openLane } from '../native/face/engine/networks.ts';
import { decodeStill, modelFolders } from '../native/face/index.ts';
import { liveScore } from '../native/face/networks/anti-spoof.ts';
import { detectFaces } from '../native/face/networks/detector.ts';
import { alignFace, embed } from '../native/face/networks/embedder.ts';
import { findThings } from '../native/face/networks/objects.ts';
import type { Picture } from '../native/face/picture/pixels.ts';
import { light } from '../native/face/quality/light.ts';
import { MODEL_ROLES } from '../native/face/weights/model-store.ts';
import { openBareGraphs } from './bare-graphs.ts';
import { measure, type Timing, type Work } from './measure.ts';

/**
 * The face engine against its physical bound: bare onnxruntime, one thread, on the same graphs and the very inputs that the
 * engine gave them, made beforehand. What is more than the bound is ours: cutting out, scaling, aligning, reading results.
 */
const shared = process.env.EXAM_STATION_DATA ?? resolve(import.meta.dirname, '../../shared/data');
const FEED = join(shared, 'camera/G_frontal.mjpeg');

export type StageCost = {
  readonly ours: Timing;
  /** Bare graphs one after the other; `null` for a stage without one. */
  readonly bound: Timing | null;
  /** Of the medians. */
  readonly ratio: number | null;
};
export type FaceBench = {
  readonly input: string;
  readonly rounds: number;
  /** By the number of threads that run networks side by side. */
  readonly threads: Readonly<Record<string, Readonly<Record<string, StageCost>>>>;
};

/** @throws Error in words where the feed is not there; Refusal where the weights are not */
export async function benchFace(rounds: number): Promise<FaceBench> {
  if (!existsSync(FEED)) throw new Error(`${FEED} is not there: the bench needs a real frame`);
  const bytes = readFileSync(FEED);
  const end = bytes.indexOf('ffd8ff', 3, 'hex');
  const picture = await decodeStill(bytes.subarray(0, end > 0 ? end : undefined));
  const folders = modelFolders();
  const near = await openLane(folders, MODEL_ROLES, 1);
  const far = await openFarLane({ folders });
  try {
    const threads = {
      1: await benchStages({ near, far: near }, picture, rounds),
      2: await benchStages({ near, far: far.networks }, picture, rounds),
    };
    return { input: `${FEED}, first frame, ${picture.width} x ${picture.height}`, rounds, threads };
  } finally {
    await far.close();
  }
}

/** Each stage of one frame, alone, and the two kinds of frame as a station asks for them. */
async function stagesOf(nets: Networks, picture: Picture) {
  const [face] = await detectFaces(nets.near.detector, picture);
  if (!face) throw new Error('nobody in the frame');
  const { mesh } = await lookCloser(nets, picture, face);
  const aligned = alignFace(picture, face);
  const eye: Eye = openEye(nets);
  return {
    detect: () => detectFaces(nets.near.detector, picture),
    quality: async () => light(alignFace(picture, face)),
    'mesh, pose, eyes': () => lookCloser(nets, picture, face, mesh),
    liveness: () => liveScore(nets.far, picture, face),
    embed: () => embed([nets.far.embedder, nets.near.embedder], aligned),
    things: () => findThings(nets.near.objects, picture),
    'check-in frame': () => eye.observe(picture, { depth: 'identify' }),
    'monitoring frame': () => eye.observe(picture, { depth: 'watch' }),
  } satisfies Record<string, Work>;
}

async function benchStages(nets: Networks, picture: Picture, rounds: number) {
  const stages = await stagesOf(nets, picture);
  const bare = await openBareGraphs((recording) => stagesOf(recording, picture));
  const works = Object.fromEntries([
    ...Object.entries(stages).map(([name, work]) => [name, work] as const),
    ...Object.entries(bare).map(([name, work]) => [`${name} bare`, work] as const),
  ]);
  const times = await measure<string>(works, rounds);
  return Object.fromEntries(
    Object.keys(stages).map((name): [string, StageCost] => {
      const ours = times[name] as Timing;
      const bound = times[`${name} bare`] ?? null;
      return [name, { ours, bound, ratio: bound && ours.medianMs / bound.medianMs }];
    }),
  );
}
