import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../../contract/words/reasons.ts';
import { cutFor } from '../networks/embedder.ts';
import { MODEL_ROLES } from '../weights/manifest.ts';
import type { FaceAnswer, FaceJob, FaceSetup, FaceTask } from './engine.ts';
import { type Eye, openEye } from './eye.ts';
import { openFarLane } from './far-lane.ts';
import { openLane } from './networks.ts';

/** The thread that looks. Pictures come in, answers go out, one at a time. */
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const { lanes, threads, models } = workerData as FaceSetup;
const say = (answer: FaceAnswer, moved: ArrayBuffer[] = []): void => port.postMessage(answer, moved);

try {
  let closing = false;
  // Half an engine is none: whoever asks next gets a new one, whole.
  const endWithIt = (): void => void (closing || process.exit(1));
  const far = lanes > 1 ? await openFarLane({ models }, endWithIt) : undefined;
  const near = await openLane(models, MODEL_ROLES, threads);
  const eye = openEye({ near, far: far?.networks ?? near, cut: cutFor(models.profile.models.embedder.file) });
  // The first run of a graph allocates; do it before anybody waits for it.
  await warmUp(eye);
  let work: Promise<void> = Promise.resolve();
  const answer = async ({ id, task }: Exclude<FaceJob, 'close'>): Promise<void> => {
    const outcome = await perform(eye, task).then(
      (result) => ({ result }),
      (error) => ({ failure: String(error) }),
    );
    if (task.kind !== 'observe') return say({ kind: 'done', id, outcome });
    const pixels = task.picture.pixels as Uint8Array<ArrayBuffer>;
    say({ kind: 'done', id, outcome, pixels }, [pixels.buffer]);
  };
  const close = async (): Promise<void> => {
    closing = true;
    await far?.close();
    port.close();
  };
  port.on('message', (job: FaceJob) => {
    if (job === 'close') void work.then(close);
    else work = work.then(() => answer(job));
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unusable', reason: error instanceof Refusal ? error.reason : 'models-failed', detail: String(error) });
}

async function perform(eye: Eye, task: FaceTask) {
  if (task.kind === 'rehearse') return eye.rehearse();
  return task.kind === 'observe' ? eye.observe(task.picture, task.wish) : eye[task.kind](task.picture);
}

async function warmUp(eye: Eye): Promise<void> {
  const blank = { width: 640, height: 480, pixels: new Uint8Array(640 * 480 * 4) };
  await eye.observe(blank, { depth: 'identify', things: true });
}
