import { Worker } from 'node:worker_threads';
import { type ReasonCode, refusalOf } from '../../contract/words/reasons.ts';
import type { Found } from './others.ts';
import type { FileWish, ReadFile } from './reading.ts';

/** What comes back from the thread. */
export type Told =
  | { readonly progress: number }
  | { readonly read: ReadFile }
  | { readonly found: readonly Found[] }
  | { readonly refused: { readonly reason: ReasonCode; readonly detail: string | undefined } };

export type FileThread = {
  readonly read: ReadFile;
  /** Which rows ask what a bank asks, too. @param bank as JSON */
  held(bank: string): Promise<readonly Found[]>;
};

type How = { readonly signal?: AbortSignal | undefined; readonly onProgress?: (part: number) => void };

/**
 * Reads a file of questions in a thread of its own: a large one takes a processor for many seconds, in which nobody else would be
 * answered. The thread is there until the work ends.
 * @throws Refusal as the importers; any other error where the thread ends, or the signal says so
 */
export async function withFileRead<T>(
  wish: FileWish,
  { signal, onProgress }: How,
  work: (thread: FileThread) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./file-reader.ts', import.meta.url), { workerData: wish });
  let waiting = Promise.withResolvers<Told>();
  const fail = (error: unknown): void => waiting.reject(error);
  const stop = (): void => fail(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  worker
    .on('message', (told: Told) => ('progress' in told ? onProgress?.(told.progress) : waiting.resolve(told)))
    .once('error', fail)
    .once('exit', () => fail(new Error('the thread that read the file has ended')));
  const next = async (): Promise<Told> => {
    const told = await waiting.promise;
    waiting = Promise.withResolvers();
    // Whoever waits for nothing hears of its end all the same, when they ask next.
    waiting.promise.catch(() => undefined);
    if (signal?.aborted) stop();
    return told;
  };
  try {
    const told = await next();
    if ('refused' in told) throw refusalOf(told.refused.reason, told.refused.detail);
    if (!('read' in told)) throw new Error('the thread that read the file said something else');
    const held = async (bank: string): Promise<readonly Found[]> => {
      worker.postMessage(bank);
      const answer = await next();
      return 'found' in answer ? answer.found : [];
    };
    return await work({ read: told.read, held });
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
