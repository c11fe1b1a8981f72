import { Worker } from 'node:worker_threads';
import type { Bulletin } from '../../contract/platform/bulletin.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { type BulletinFile, fileOf, type HowFile } from './files.ts';

/** Fewer rows than that are a file before a thread has started. */
const WORTH_A_THREAD = 300;

/** What comes back from the thread. */
export type Made = BulletinFile | { readonly reason: Reason; readonly detail: string };

/**
 * A bulletin as a file; a long one is made in a thread of its own: a workbook of 16,000 firms takes a second, in which nobody else
 * would be answered.
 * @throws Refusal `bad-message` where a PDF would have too many rows; any other error where the thread ends, or the signal says so
 */
export async function makeFile(bulletin: Bulletin, how: HowFile, signal: AbortSignal): Promise<BulletinFile> {
  signal.throwIfAborted();
  if (bulletin.rows.length + bulletin.deductions.length < WORTH_A_THREAD) return fileOf(bulletin, how);
  const worker = new Worker(new URL('./file-maker.ts', import.meta.url), { workerData: { bulletin, how } });
  const { promise, resolve, reject } = Promise.withResolvers<Made>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  worker.once('message', resolve).once('error', reject);
  worker.once('exit', () => reject(new Error('the thread that made the file has ended')));
  try {
    const made = await promise;
    if ('reason' in made) throw new Refusal(made.reason, made.detail);
    return made;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
