import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFarLane } from '../native/face/engine/far-lane.ts';
import { openLane } from '../native/face/engine/networks.ts';
import { decodeStill, type Picture } from '../native/face/index.ts';
import { MODEL_ROLES } from '../native/face/weights/manifest.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { sharedData } from '../tests/kit/shared-data.ts';
import { type Recorded, recordGraphs } from './bare-graphs.ts';
import { CUT, stagesOf } from './face-stages.ts';
import { measure, type Timing, Took, type Work } from './measure.ts';
import { type HumanPeer, openHuman } from './peers/human.ts';
import { type OpenCvPeer, openOpenCv } from './peers/opencv.ts';
import type { Skipped } from './peers/peer.ts';

/**
 * The face engine against its bound and its peers, on the same frame in the same run. The bound is bare onnxruntime, one
 * thread, on the graphs as they are published and the very inputs that the engine gave them, made beforehand.
 */
const FEED = join(sharedData, 'camera/G_frontal.mjpeg');

export type StageCost = {
  readonly ours: Timing;
  /** Bare graphs one after the other; `null` for a stage without one. */
  readonly bound: Timing | null;
  /** By peer, where it can run the stage. */
  readonly peers: Readonly<Record<string, Timing>>;
  /** Our median over the bound's and each peer's: below 1 is faster. */
  readonly ratios: Readonly<Record<string, number>>;
};
export type FaceBench = {
  readonly input: string;
  readonly rounds: number;
  /** By the number of threads that run networks side by side. */
  readonly threads: Readonly<Record<string, Readonly<Record<string, StageCost>>>>;
  /** What each peer is, or why it was not measured. */
  readonly peers: Readonly<Record<string, string>>;
  /** Graphs that OpenCV cannot run, in its words. */
  readonly unloadable: Readonly<Partial<Record<string, string>>>;
};

/** @throws Error in words where the feed is not there; Refusal where the weights are not */
export async function benchFace(rounds: number): Promise<FaceBench> {
  const picture = await firstFrame();
  const near = await openLane(MODELS, MODEL_ROLES, 1);
  const recorded = await recordGraphs((networks) => stagesOf(networks, picture));
  await using far = await openFarLane({ models: MODELS });
  const [openCvOrNot, humanOrNot] = [await openOpenCv(recorded.graphs), await openHuman(picture)];
  await using opencv = present(openCvOrNot);
  await using human = present(humanOrNot);
  const threads: Record<string, Record<string, StageCost>> = {};
  for (const lanes of [1, 2]) {
    await opencv?.setThreads(lanes);
    const ours = await stagesOf({ near, far: lanes === 1 ? near : far.networks, cut: CUT }, picture);
    threads[lanes] = await benchStages(ours, recorded, opencv, human, rounds);
  }
  return {
    input: `${FEED}, first frame, ${picture.width} x ${picture.height}`,
    rounds,
    threads,
    peers: {
      opencv: 'skipped' in openCvOrNot ? openCvOrNot.skipped : `OpenCV ${openCvOrNot.version}, dnn`,
      human:
        'skipped' in humanOrNot ? humanOrNot.skipped : `@vladmandic/human ${humanOrNot.version}, ${humanOrNot.backend}`,
    },
    unloadable: opencv?.failed ?? {},
  };
}

async function firstFrame(): Promise<Picture> {
  if (!existsSync(FEED)) throw new Error(`${FEED} is not there: the bench needs a real frame`);
  const bytes = readFileSync(FEED);
  const end = bytes.indexOf('ffd8ff', 3, 'hex');
  return decodeStill(bytes.subarray(0, end > 0 ? end : undefined));
}

const present = <P extends object>(peer: P | Skipped): P | undefined => ('skipped' in peer ? undefined : peer);

async function benchStages(
  ours: Readonly<Record<string, Work>>,
  { stages: recorded }: Recorded,
  opencv: OpenCvPeer<string> | undefined,
  human: HumanPeer | undefined,
  rounds: number,
) {
  const costs: Record<string, StageCost> = {};
  for (const [name, work] of Object.entries(ours)) {
    const works: Record<string, Work> = { ours: work };
    const stage = recorded[name];
    if (stage) works.bound = stage.bare;
    if (stage && opencv && stage.graphs.every((graph) => !opencv.failed[graph]))
      works.opencv = async () => new Took(await inTurn(stage.graphs, opencv.run));
    const same = human && SAME_WORK[name];
    if (same) works.human = async () => new Took((await human[same]()).ms);
    costs[name] = costOf(await measure(works, rounds));
  }
  return costs;
}

/** What of Human's does the same as a stage of ours. */
const SAME_WORK: Readonly<Record<string, 'detect' | 'whole'>> = { detect: 'detect', 'check-in frame': 'whole' };

async function inTurn(graphs: readonly string[], run: (graph: string) => Promise<number>): Promise<number> {
  let ms = 0;
  for (const graph of graphs) ms += await run(graph);
  return ms;
}

function costOf({ ours, ...others }: Readonly<Record<string, Timing>>): StageCost {
  const { bound, ...peers } = others;
  const ratios = Object.entries(others).map(([name, { medianMs }]) => [name, (ours as Timing).medianMs / medianMs]);
  return { ours: ours as Timing, bound: bound ?? null, peers, ratios: Object.fromEntries(ratios) };
}
