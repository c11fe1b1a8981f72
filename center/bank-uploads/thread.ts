import { Worker } from 'node:worker_threads';
import type { BankReport } from '../../authoring/import/index.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import { type ReasonCode, refusalOf } from '../../contract/words/reasons.ts';
import type { Drawing } from './others.ts';
import type { FileWish, ReadFile } from './reading.ts';
import type { Mends } from './stored-rows.ts';

/** What is asked of the thread once it has read the file, in this order. */
export type AskedOfThread =
  | { readonly bank: string; readonly exams: readonly Drawing[] }
  | { readonly mends: Mends }
  | { readonly from: number };

type ReadInShort = Pick<ReadFile, 'said' | 'pictures'> & {
  /** Of what stands in rows that are no questions. */
  readonly hashes: readonly Sha256[];
  /** Where all of it was asked for. */
  readonly whole?: { readonly items: readonly Item[]; readonly report: BankReport };
};

/** What comes back from the thread. */
export type Told =
  | { readonly progress: number }
  | { readonly read: ReadInShort }
  | { readonly answer: string | number }
  | { readonly refused: { readonly reason: ReasonCode; readonly detail: string | undefined } };

export type FileThread = {
  readonly read: ReadInShort;
  /** Holds the rows against a bank, as JSON, and remembers which exams draw from it. */
  hold(bank: string, exams: readonly Drawing[]): Promise<void>;
  /** Mends rows as they were mended before. @returns how many */
  mend(mends: Mends): Promise<number>;
  /** All rows, after that, as their table takes them: some at a time, in JSON. */
  pieces(): AsyncIterable<string>;
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
    return await work(threadOf(told.read, worker, next));
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function threadOf(read: ReadInShort, worker: Worker, next: () => Promise<Told>): FileThread {
  const ask = async (asked: AskedOfThread): Promise<string | number> => {
    worker.postMessage(asked);
    const told = await next();
    if (!('answer' in told)) throw new Error('the thread that read the file said something else');
    return told.answer;
  };
  return {
    read,
    hold: async (bank, exams) => void (await ask({ bank, exams })),
    mend: async (mends) => Number(await ask({ mends })),
    async *pieces() {
      for (let from = 0; ; from += 1) {
        const piece = await ask({ from });
        if (piece === '') return;
        yield String(piece);
      }
    },
  };
}
