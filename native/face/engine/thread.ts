import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { TransferListItem, Worker } from 'node:worker_threads';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';

/** What a thread says: first whether it is ready, then an answer to each job. */
export type ThreadAnswer<R> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly reason: Reason; readonly detail: string }
  | ({ readonly kind: 'done'; readonly id: number } & R)
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string };

/** A worker thread as somebody to ask. Jobs are answered in the order they were asked in. */
export type Thread<J, R> = {
  /** @throws Refusal `models-failed` where the work failed, the thread died, or it was given up */
  ask(job: J, moved?: readonly TransferListItem[]): Promise<R>;
  readonly alive: boolean;
  /** Answers nobody any more; what hangs is left alone, as a thread cut off inside a network takes the process with it. */
  abandon(detail: string): void;
  close(): Promise<void>;
};

const CLOSE_WITHIN_MS = 5_000;
/** A slow disk and a cold start; longer is a thread that hangs. */
const OPEN_WITHIN_MS = 60_000;

/** @throws Refusal with the reason that the thread gives, or `models-failed` where it dies before it is ready */
export async function openThread<J extends object, R extends object>(
  worker: Worker,
  patienceMs = OPEN_WITHIN_MS,
): Promise<Thread<J, R>> {
  const waiting = new Map<number, PromiseWithResolvers<R>>();
  const started = Promise.withResolvers<void>();
  let nextId = 1;
  let dead: Refusal | undefined;

  const fail = (detail: string): void => {
    dead ??= new Refusal('models-failed', detail);
    started.reject(dead);
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('error', (error) => fail(String(error)));
  worker.on('exit', (code) => fail(`the thread ended (${code})`));
  worker.on('message', (answer: ThreadAnswer<R>) => {
    if (answer.kind === 'ready') return started.resolve();
    if (answer.kind === 'unusable') return started.reject(new Refusal(answer.reason, answer.detail));
    const job = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.kind === 'done') job?.resolve(answer);
    else job?.reject(new Refusal('models-failed', answer.detail));
  });
  const patience = globalThis.setTimeout(() => fail(`not ready within ${patienceMs} ms`), patienceMs);
  try {
    await started.promise;
  } catch (error) {
    worker.unref();
    worker.postMessage('close');
    throw error;
  } finally {
    clearTimeout(patience);
  }
  return {
    get alive() {
      return dead === undefined;
    },
    async ask(job, moved = []) {
      if (dead) throw dead;
      const answer = Promise.withResolvers<R>();
      const id = nextId++;
      worker.postMessage({ id, ...job }, [...moved]);
      waiting.set(id, answer);
      return answer.promise;
    },
    abandon(detail) {
      fail(detail);
      worker.unref();
      worker.postMessage('close');
    },
    async close() {
      if (dead) return;
      const ended = once(worker, 'exit');
      fail('the face engine was closed');
      worker.postMessage('close');
      await Promise.race([ended, setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false })]);
      // What hangs is left behind: it must not keep whoever waits here, nor the process.
      worker.unref();
    },
  };
}
