import { parentPort, workerData } from 'node:worker_threads';
import type { Bulletin } from '../../contract/platform/bulletin.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { fileOf, type HowFile } from './files.ts';
import type { Made } from './making.ts';

/** Runs in a thread of its own: makes one file, and is over. */
const { bulletin, how } = workerData as { readonly bulletin: Bulletin; readonly how: HowFile };
const made: Made = await fileOf(bulletin, how).catch((error: unknown) => {
  if (error instanceof Refusal) return { reason: error.reason, detail: error.message };
  throw error;
});
parentPort?.postMessage(made);
