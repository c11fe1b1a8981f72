import { Worker } from 'node:worker_threads';
import { type Found, found, trouble } from '../courses/index.ts';
import type { Look, Seen } from './look-thread.ts';

/** A document is read whole, here and where it is shown. */
export const DOCUMENT_MAX_BYTES = 300_000_000;
/** A thousand pages, or a film of hours, take a second or two; one that does not say how long it is, as long as reading all of it. */
const PATIENCE_MS = 180_000;
const HEAP_MB = 1_024;

type Of<K extends string> = Extract<Seen, Record<K, unknown>>;

/** How many pages a PDF has. @param name what people call it */
export async function countPages(path: string, name: string, patienceMs = PATIENCE_MS): Promise<Found<Of<'pages'>>> {
  const seen = await lookApart({ kind: 'document', path, name }, patienceMs);
  return 'pages' in seen ? found(seen) : trouble('document-unreadable', troubleIn(seen));
}

/** How long a film plays, and what it is packed with. @param name what people call it */
export async function timeFilm(path: string, name: string, patienceMs = PATIENCE_MS): Promise<Found<Of<'seconds'>>> {
  const seen = await lookApart({ kind: 'film', path, name }, patienceMs);
  return 'seconds' in seen ? found(seen) : trouble('film-unreadable', troubleIn(seen));
}

const troubleIn = (seen: Seen): string => ('trouble' in seen ? seen.trouble : 'it is something else');

/** In a thread of its own: a file that keeps its reader busy without end, or fills the memory, ends there. */
async function lookApart(look: Look, patienceMs: number): Promise<Seen> {
  const thread = new Worker(new URL('./look-thread.ts', import.meta.url), {
    workerData: look,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const [said, ended] = [Promise.withResolvers<Seen>(), Promise.withResolvers<void>()];
  const fail = (why: string): void => said.resolve({ trouble: `${look.name}: ${why}` });
  thread.once('message', said.resolve);
  thread.once('error', (error) => fail((error as Error).message));
  thread.once('exit', () => {
    fail('its reader ended');
    ended.resolve();
  });
  const patience = setTimeout(() => {
    fail(`not read within ${patienceMs} ms`);
    void thread.terminate();
  }, patienceMs);
  try {
    return await said.promise;
  } finally {
    // It closes the file, and ends by itself.
    await ended.promise;
    clearTimeout(patience);
  }
}
