import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Kind, READERS } from './readers.ts';

/** What became of one file. `held`: megabytes that reading it took, as far as they were still there at the end. */
export type Read = { readonly came: 'read' | 'refused' | 'fault'; readonly said: string; readonly held: number };
export type Job = { readonly kind: Kind; readonly bytes: Uint8Array };

const heldMb = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1_000_000);
};

async function read({ kind, bytes }: Job): Promise<Read> {
  const before = heldMb();
  const came = await Promise.resolve()
    .then(() => READERS[kind](bytes))
    .then(
      () => ({ came: 'read', said: '' }) as const,
      (error: unknown) =>
        error instanceof Refusal
          ? ({ came: 'refused', said: error.reason } as const)
          : ({ came: 'fault', said: error instanceof Error ? (error.stack ?? error.message) : String(error) } as const),
    );
  return { ...came, held: heldMb() - before };
}

parentPort?.on('message', async (job: Job) => parentPort?.postMessage(await read(job)));
