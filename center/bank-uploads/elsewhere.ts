import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BankUploadRow } from '../../contract/platform/bank-uploads.ts';
import type { Bank } from '../../contract/words/items.ts';
import { askedElsewhere, type Drawing, otherOf } from './others.ts';

type Elsewhere = BankUploadRow['elsewhere'][number];
/** A bank as JSON, and the exams that draw from it. */
export type BankHeld = { readonly bank: string; readonly exams: readonly Drawing[] };
/** What a row asks, and what it calls right. */
export type Asked = { readonly question: string; readonly answer: string };

/** Read sooner than a thread begins, and nobody waits long for it. */
const SMALL_BANK = 500_000;

/** Where else a question is asked. Large banks are read in a thread: each takes long, in which nobody else would be answered. */
export async function elsewhereIn(banks: AsyncIterable<BankHeld>, asked: Asked): Promise<readonly Elsewhere[]> {
  const found: Elsewhere[] = [];
  let worker: Worker | undefined;
  try {
    for await (const held of banks) {
      if (held.bank.length < SMALL_BANK) {
        found.push(...askedElsewhere([otherOf(JSON.parse(held.bank) as Bank, held.exams)], asked));
        continue;
      }
      worker ??= new Worker(new URL('./elsewhere-reader.ts', import.meta.url), { workerData: asked });
      worker.postMessage(held);
      // What goes wrong in the thread comes as an error here.
      const [told] = (await once(worker, 'message')) as [readonly Elsewhere[]];
      found.push(...told);
    }
    return found;
  } finally {
    await worker?.terminate();
  }
}
