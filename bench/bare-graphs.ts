import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Networks, openLane } from '../native/face/engine/networks.ts';
import type { Network } from '../native/face/networks/network.ts';
import { ort } from '../native/face/onnx/runtime.ts';
import { MODEL_ROLES, type ModelRole } from '../native/face/weights/manifest.ts';
import { readModels } from '../native/face/weights/model-store.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { CUT } from './face-stages.ts';
import type { Work } from './measure.ts';
import type { PeerGraph } from './peers/opencv.ts';

export type Recorded = {
  /** By stage: its graphs, one after the other and nothing else, and what they are called. */
  readonly stages: Readonly<Record<string, { readonly bare: Work; readonly graphs: readonly string[] }>>;
  /** Each graph with an input it was given and what onnxruntime answered, for peers. */
  readonly graphs: Readonly<Record<string, PeerGraph>>;
};

type Run = { readonly role: ModelRole; readonly input: Float32Array; readonly shape: readonly number[] };

/** OpenCV reads only graphs of a fixed size: the same network as one of those, where the pack has it. */
const FIXED_SIZE: Readonly<Partial<Record<ModelRole, string>>> = { detector: 'face_detection_yunet_2023mar.onnx' };

/**
 * The graphs alone. Each stage is run on networks that write down what they are given; after that its bare work runs the
 * files as they are published, through onnxruntime, on those inputs.
 */
export async function recordGraphs(
  stagesOf: (networks: Networks) => Promise<Readonly<Record<string, Work>>>,
): Promise<Recorded> {
  const weights = readModels(MODELS, MODEL_ROLES);
  const runs: Run[] = [];
  const ours = await openLane(MODELS, MODEL_ROLES, 1);
  const recording =
    (role: ModelRole): Network =>
    (input, shape) => {
      runs.push({ role, input: input.slice(), shape });
      return ours[role](input, shape);
    };
  const near = Object.fromEntries(MODEL_ROLES.map((role) => [role, recording(role)])) as Networks['near'];
  const stages: Record<string, Recorded['stages'][string]> = {};
  const graphs: Record<string, PeerGraph> = {};
  const sessions = new Map<ModelRole, ort.InferenceSession>();
  for (const role of MODEL_ROLES) sessions.set(role, await openBare(weights[role]));
  for (const [name, work] of Object.entries(await stagesOf({ near, far: near, cut: CUT }))) {
    // Once more before: a frame is cheaper when the one before it is known.
    await work();
    runs.length = 0;
    await work();
    const prepared = runs.map(({ role, input, shape }) => {
      const session = sessions.get(role) as ort.InferenceSession;
      return { role, session, feeds: feedsOf(session, input, shape), input: { shape, data: input } };
    });
    for (const { role, session, feeds, input } of prepared)
      graphs[role] ??= { model: publishedAs(role) ?? weights[role], input, expected: await answersOf(session, feeds) };
    const bare = async (): Promise<void> => {
      for (const { session, feeds } of prepared) await session.run(feeds);
    };
    if (prepared.length > 0) stages[name] = { bare, graphs: prepared.map(({ role }) => role) };
  }
  return { stages, graphs };
}

const openBare = (weights: Uint8Array): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(weights, { intraOpNumThreads: 1, interOpNumThreads: 1 });

const feedsOf = (session: ort.InferenceSession, input: Float32Array, shape: readonly number[]) => ({
  [session.inputNames[0] as string]: new ort.Tensor('float32', input, shape),
});

async function answersOf(session: ort.InferenceSession, feeds: Record<string, ort.Tensor>) {
  const answers = Object.entries(await session.run(feeds));
  return Object.fromEntries(answers.map(([name, { data }]) => [name, data as Float32Array]));
}

function publishedAs(role: ModelRole): Uint8Array | undefined {
  const file = FIXED_SIZE[role];
  const path = file && MODELS.folders.map((folder) => join(folder, file)).find(existsSync);
  return path ? readFileSync(path) : undefined;
}
