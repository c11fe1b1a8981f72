import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type ReadBatch, readBatch } from './read-batch.ts';

/** Less than that is read before a thread would have heard of it. */
const WORTH_A_THREAD = 32_768;
const MOST_THREADS = 4;

/** Reads batches beside everything else there is to do: nobody waits for one that is large. */
export type BatchReaders = {
  read(bytes: Buffer): Promise<ReadBatch>;
  close(): Promise<void>;
};

type Asked = { readonly resolve: (read: ReadBatch) => void; readonly reject: (error: unknown) => void };
type Reader = { readonly worker: Worker; readonly asked: Asked[] };

/** Threads are started where there is something to read. */
export function openBatchReaders(
  threads = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1)),
): BatchReaders {
  const readers: Reader[] = [];
  const gone = (reader: Reader, error: unknown): void => {
    const at = readers.indexOf(reader);
    if (at >= 0) readers.splice(at, 1);
    for (const { reject } of reader.asked.splice(0)) reject(error);
  };
  const start = (): Reader => {
    const worker = new Worker(new URL('./batch-reader.ts', import.meta.url));
    const reader: Reader = { worker, asked: [] };
    worker.on('message', (read: ReadBatch) => reader.asked.shift()?.resolve(read));
    worker.on('error', (error) => gone(reader, error));
    worker.on('exit', () => gone(reader, new Error('a thread that read batches has ended')));
    worker.unref();
    readers.push(reader);
    return reader;
  };
  const least = (): Reader => {
    const idle = readers.find(({ asked }) => asked.length === 0);
    if (idle) return idle;
    if (readers.length < threads) return start();
    return readers.reduce((one, other) => (other.asked.length < one.asked.length ? other : one));
  };
  return {
    async read(bytes) {
      if (bytes.length < WORTH_A_THREAD) return readBatch(bytes);
      const { worker, asked } = least();
      return new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
        // Copied: bytes of a request may lie in memory that others are in as well.
        const own = new Uint8Array(bytes);
        worker.postMessage(own, [own.buffer]);
      });
    },
    async close() {
      await Promise.all(readers.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}
