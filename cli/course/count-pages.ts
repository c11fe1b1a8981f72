import { Worker } from 'node:worker_threads';
import { type Found, found, trouble } from '../../authoring/courses/index.ts';
import type { PagesSaid } from './pages-thread.ts';

/** A document is read whole, here and where it is shown. */
export const DOCUMENT_MAX_BYTES = 300_000_000;
/** A thousand pages take a second or two. */
const PATIENCE_MS = 60_000;
const HEAP_MB = 1_024;

/**
 * How many pages a PDF has. It is read in a thread of its own: one that was made to keep a reader busy, or to fill the
 * memory, ends there.
 * @param name what people call it
 */
export async function countPages(path: string, name: string, patienceMs = PATIENCE_MS): Promise<Found<number>> {
  const thread = new Worker(new URL('./pages-thread.ts', import.meta.url), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const said = Promise.withResolvers<PagesSaid>();
  thread.once('message', said.resolve);
  thread.once('error', (error) => said.resolve({ trouble: (error as Error).message }));
  thread.once('exit', () => said.resolve({ trouble: 'its reader ended' }));
  const patience = setTimeout(() => said.resolve({ trouble: `not read within ${patienceMs} ms` }), patienceMs);
  try {
    const heard = await said.promise;
    return 'pages' in heard ? found(heard.pages) : trouble('document-unreadable', `${name}: ${heard.trouble}`);
  } finally {
    clearTimeout(patience);
    await thread.terminate();
  }
}
