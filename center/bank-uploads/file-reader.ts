import { parentPort, workerData } from 'node:worker_threads';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { foundIn } from './others.ts';
import { type FileWish, readFileOf } from './reading.ts';
import type { Told } from './thread.ts';

/** Runs in a thread of its own: reads one file, then holds its rows against each bank that it is given. */
const tell = (told: Told): void => parentPort?.postMessage(told);

const TOLD_EVERY = 0.01;
let said = 0;
const onProgress = (part: number): void => {
  if (part < said + TOLD_EVERY) return;
  said = part;
  tell({ progress: part });
};

try {
  const read = await readFileOf(workerData as FileWish, onProgress);
  tell({ read });
  parentPort?.on('message', (bank: string) => tell({ found: foundIn(read.rows, JSON.parse(bank) as Bank) }));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  tell({ refused: { reason: error.reason, detail: error.detail } });
}
