import { Worker } from 'node:worker_threads';
import type { Network, Outputs } from '../networks/network.ts';
import type { FaceModels } from '../weights/face-models.ts';
import { FAR_ROLES, type FarRole } from './networks.ts';
import { openThread, type ThreadAnswer } from './thread.ts';

export type LaneSetup = { readonly models: FaceModels };
type LaneRun = { readonly role: FarRole; readonly input: Float32Array; readonly shape: readonly number[] };
export type LaneJob = (LaneRun & { readonly id: number }) | 'close';
type LaneResult = { readonly outputs: Outputs };
export type LaneAnswer = ThreadAnswer<LaneResult>;

export type FarLane = AsyncDisposable & {
  readonly networks: Readonly<Record<FarRole, Network>>;
  close(): Promise<void>;
};

/**
 * Starts the second lane. Inputs move there without a copy.
 * @param onEnd it ended, by itself or because it was closed
 * @throws Refusal `models-missing`, `models-altered`, `models-failed`
 */
export async function openFarLane(setup: LaneSetup, onEnd: () => void = () => undefined): Promise<FarLane> {
  const worker = new Worker(new URL('./lane.ts', import.meta.url), { workerData: setup });
  const thread = await openThread<LaneRun, LaneResult>(worker);
  worker.on('exit', onEnd);
  const networks = FAR_ROLES.map((role): [FarRole, Network] => [
    role,
    async (input, shape) => (await thread.ask({ role, input, shape }, [input.buffer as ArrayBuffer])).outputs,
  ]);
  const close = (): Promise<void> => thread.close();
  return { networks: Object.fromEntries(networks) as Record<FarRole, Network>, close, [Symbol.asyncDispose]: close };
}
