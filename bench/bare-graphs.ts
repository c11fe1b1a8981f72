import * as ort from 'onnxruntime-node';
import type { Networks } from '../native/face/engine/networks.ts';
import { openLane } from '../native/face/engine/networks.ts';
import { modelFolders } from '../native/face/index.ts';
import type { Network } from '../native/face/networks/network.ts';
import { MODEL_ROLES, type ModelRole, readModels } from '../native/face/weights/model-store.ts';
import type { Work } from './measure.ts';

type Run = { readonly session: ort.InferenceSession; readonly feeds: Record<string, ort.Tensor> };

/**
 * The graphs alone. Each stage is run once on networks that write down what they are given; after that its bare work runs
 * the files as they are published, through onnxruntime, on those inputs and nothing else.
 * @returns a work for each stage that uses a network
 */
export async function openBareGraphs(
  stagesOf: (networks: Networks) => Promise<Readonly<Record<string, Work>>>,
): Promise<Readonly<Record<string, Work>>> {
  const weights = readModels();
  const sessions = new Map<ModelRole, ort.InferenceSession>();
  for (const role of MODEL_ROLES) {
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    sessions.set(role, await ort.InferenceSession.create(weights[role], options));
  }
  const ours = await openLane(modelFolders(), MODEL_ROLES, 1);
  let runs: Run[] = [];
  const recording = (role: ModelRole): Network => {
    const session = sessions.get(role) as ort.InferenceSession;
    return (input, shape) => {
      runs.push({
        session,
        feeds: { [session.inputNames[0] as string]: new ort.Tensor('float32', input.slice(), shape) },
      });
      return ours[role](input, shape);
    };
  };
  const near = Object.fromEntries(MODEL_ROLES.map((role) => [role, recording(role)])) as Networks['near'];
  const stages = await stagesOf({ near, far: near });
  const works: Record<string, Work> = {};
  for (const [name, work] of Object.entries(stages)) {
    // Once more before: a frame is cheaper when the one before it is known.
    await work();
    runs = [];
    await work();
    const recorded = [...runs];
    if (recorded.length > 0) works[name] = () => runAll(recorded);
  }
  return works;
}

async function runAll(runs: readonly Run[]): Promise<void> {
  for (const { session, feeds } of runs) await session.run(feeds);
}
