import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../contract/reasons.ts';
import { analyse, describe, openNetworks, presentation } from './analyse.ts';
import type { WorkerAnswer, WorkerJob, WorkerSetup, WorkerTask } from './engine.ts';
import { readModels } from './model-store.ts';
import type { Picture } from './pixels.ts';

/**
 * The thread that owns the networks. Pictures come in, observations go out, one at a time.
 */
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const { threads, folders } = workerData as WorkerSetup;
const perform = { observe: analyse, describe, presentation } as const satisfies Record<WorkerTask, unknown>;
const say = (answer: WorkerAnswer): void => port.postMessage(answer);

try {
  const nets = await openNetworks(readModels(folders), threads);
  // The first run of a graph allocates; do it before anybody waits for it.
  await analyse(nets, blank());
  let work: Promise<void> = Promise.resolve();
  const answer = async ({ id, task, picture }: Exclude<WorkerJob, 'close'>): Promise<void> => {
    try {
      say({ kind: 'done', id, result: await perform[task](nets, picture) });
    } catch (error) {
      say({ kind: 'failed', id, detail: String(error) });
    }
  };
  port.on('message', (job: WorkerJob) => {
    if (job === 'close') void work.then(() => port.close());
    else work = work.then(() => answer(job));
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unusable', reason: error instanceof Refusal ? error.reason : 'models-failed', detail: String(error) });
}

function blank(): Picture {
  return { width: 640, height: 480, pixels: new Uint8Array(640 * 480 * 4) };
}
