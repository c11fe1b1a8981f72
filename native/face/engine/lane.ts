import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { LaneAnswer, LaneJob, LaneSetup } from './far-lane.ts';
import { FAR_ROLES, openLane } from './networks.ts';

/** The thread of the second lane: runs the network it is asked for, one run at a time. */
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const say = (answer: LaneAnswer, moved: ArrayBuffer[] = []): void => port.postMessage(answer, moved);
const { models } = workerData as LaneSetup;
try {
  const networks = await openLane(models, FAR_ROLES, 1);
  let work: Promise<void> = Promise.resolve();
  const answer = async ({ id, role, input, shape }: Exclude<LaneJob, 'close'>): Promise<void> => {
    try {
      const outputs = await networks[role](input, shape);
      say({ kind: 'done', id, outputs });
    } catch (error) {
      say({ kind: 'failed', id, detail: String(error) });
    }
  };
  port.on('message', (job: LaneJob) => {
    if (job === 'close') void work.then(() => port.close());
    else work = work.then(() => answer(job));
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unusable', reason: error instanceof Refusal ? error.reason : 'models-failed', detail: String(error) });
}
