import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';

/** The thread that reads one document: what it cannot end, whoever started it ends. */
export type PagesSaid = { readonly pages: number } | { readonly trouble: string };

const say = (said: PagesSaid): void => parentPort?.postMessage(said);

try {
  const { numPages } = await getDocumentProxy(new Uint8Array(await readFile(workerData as string)), { verbosity: 0 });
  say({ pages: numPages });
} catch (error) {
  say({ trouble: (error as Error).message });
}
