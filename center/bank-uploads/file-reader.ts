import { parentPort, workerData } from 'node:worker_threads';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Other, otherOf } from './others.ts';
import { type FileWish, readFileOf } from './reading.ts';
import { storable } from './storable.ts';
import { columnsOf, mendedBefore, type StoredRow, storedRows } from './stored-rows.ts';
import type { AskedOfThread, Told } from './thread.ts';

/** Runs in a thread of its own: reads one file, and does all that is long work with its rows. */
const wish = workerData as FileWish;
const tell = (told: Told): void => parentPort?.postMessage(told);

const TOLD_EVERY = 0.01;
let said = 0;
const onProgress = (part: number): void => {
  if (part < said + TOLD_EVERY) return;
  said = part;
  tell({ progress: part });
};

/** As many go into one statement. */
const AT_ONCE = 200;

try {
  const { rows, items, report, ...read } = await readFileOf(wish, onProgress);
  const others: Other[] = [];
  let stored: readonly StoredRow[] = [];
  const answerTo = async (asked: AskedOfThread): Promise<string | number> => {
    if ('bank' in asked) {
      return others.push(otherOf(JSON.parse(asked.bank) as Bank, asked.exams));
    }
    if ('mends' in asked) {
      stored = await mendedBefore(storedRows(rows, others), asked.mends, {
        ...{ file: wish.file, pictures: read.pictures, others },
      });
      return stored.filter(({ settled }) => settled === 'mended').length;
    }
    const piece = stored.slice(asked.from * AT_ONCE, (asked.from + 1) * AT_ONCE);
    return piece.length === 0 ? '' : storable(piece.map(columnsOf));
  };
  const hashes = [...new Set(rows.flatMap(({ written }) => written?.hash ?? []))];
  tell({ read: { ...read, hashes, ...(wish.whole ? { whole: { items, report } } : {}) } });
  parentPort?.on('message', async (asked: AskedOfThread) => tell({ answer: await answerTo(asked) }));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  tell({ refused: { reason: error.reason, detail: error.detail } });
}
