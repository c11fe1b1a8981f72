import { once } from 'node:events';
import { isMarkedAsUntransferable, Worker } from 'node:worker_threads';
import { type Reason, Refusal } from '../../contract/reasons.ts';
import type { Description, Observation } from './analyse.ts';
import { modelFolders } from './model-store.ts';
import type { Picture } from './pixels.ts';

export type WorkerSetup = { readonly threads: number; readonly folders: readonly string[] };
/** What is asked of the thread, and what it answers. */
type Tasks = { readonly observe: Observation; readonly describe: Description; readonly presentation: number | null };
export type WorkerTask = keyof Tasks;
export type WorkerJob = { readonly id: number; readonly task: WorkerTask; readonly picture: Picture } | 'close';
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly reason: Reason; readonly detail: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: Tasks[WorkerTask] }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string };

export type FaceEngine = {
  /**
   * Looks at one picture. Its pixels move to the worker and must not be used afterwards. At most one is under way: who
   * has a newer frame waits for the answer and then sends the newest (back-pressure instead of a queue).
   * @throws Refusal `models-failed` where a network broke, or the thread died
   */
  observe(picture: Picture): Promise<Observation>;
  /** Describes the subject of a photo without judging it; otherwise as `observe`. */
  describe(picture: Picture): Promise<Description>;
  /** Passive liveness of the subject of a photo, without judging it; `null` where there is no face. */
  presentation(picture: Picture): Promise<number | null>;
  close(): Promise<void>;
};

/**
 * Starts the thread that owns the networks and warms it up.
 * @throws Refusal `models-missing`, `models-altered` or `models-failed`
 */
export async function openFaceEngine(setup: Partial<WorkerSetup> = {}): Promise<FaceEngine> {
  const workerData: WorkerSetup = { threads: setup.threads ?? 1, folders: setup.folders ?? modelFolders() };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  const waiting = new Map<number, PromiseWithResolvers<Tasks[WorkerTask]>>();
  const started = Promise.withResolvers<void>();
  let nextId = 1;
  let dead: Refusal | undefined;

  const fail = (detail: string): void => {
    dead = new Refusal('models-failed', detail);
    started.reject(dead);
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('error', (error) => fail(String(error)));
  worker.on('exit', (code) => fail(`the face thread ended (${code})`));
  worker.on('message', (answer: WorkerAnswer) => {
    if (answer.kind === 'ready') return started.resolve();
    if (answer.kind === 'unusable') return started.reject(new Refusal(answer.reason, answer.detail));
    const job = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.kind === 'done') job?.resolve(answer.result);
    else job?.reject(new Refusal('models-failed', answer.detail));
  });

  try {
    await started.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  const ask = async <T extends WorkerTask>(task: T, picture: Picture): Promise<Tasks[T]> => {
    if (dead) throw dead;
    const job = Promise.withResolvers<Tasks[WorkerTask]>();
    const id = nextId++;
    const pixels = ownBuffer(picture.pixels);
    worker.postMessage({ id, task, picture: { ...picture, pixels } } satisfies WorkerJob, [pixels.buffer]);
    waiting.set(id, job);
    return job.promise as Promise<Tasks[T]>;
  };
  return {
    observe: (picture) => ask('observe', picture),
    describe: (picture) => ask('describe', picture),
    presentation: (picture) => ask('presentation', picture),
    async close() {
      // A thread that is cut off inside a network takes the whole process with it: it ends by itself, after its work.
      if (dead) return;
      const ended = once(worker, 'exit');
      fail('the face engine was closed');
      worker.postMessage('close' satisfies WorkerJob);
      await ended;
    },
  };
}

/** Memory that may not change threads (Node's buffer pool, a decoder's own) is copied; all else moves for nothing. */
function ownBuffer(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = pixels;
  const movable = buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer);
  return movable ? new Uint8Array(buffer, pixels.byteOffset, pixels.byteLength) : new Uint8Array(pixels);
}
