import { Worker } from 'node:worker_threads';
import { chanceOf } from './chance.ts';
import { mutated } from './mutate.ts';
import type { Seed } from './seeds.ts';
import type { Job, Read } from './thread.ts';

/** Files that a reader did not take as it must: by a seed and a round they can be made again. */
export type Fault = { readonly round: number; readonly kind: string; readonly from: string; readonly said: string };

export type FuzzReport = {
  readonly seed: number;
  readonly rounds: number;
  readonly read: number;
  readonly refused: number;
  /** Of the one that held the most. */
  readonly mostMb: number;
  readonly slowestMs: number;
  readonly faults: readonly Fault[];
};

export type FuzzOptions = {
  readonly rounds: number;
  readonly seed: number;
  readonly seeds: readonly Seed[];
  /** Longer than this nobody waits for a file of two megabytes. */
  readonly patienceMs?: number;
  readonly onRound?: (round: number) => void;
};

/** More than reading a file of two megabytes may hold. */
const [MOST_MB, HEAP_MB] = [600, 1_024];
const PATIENCE_MS = 30_000;

/** The file of a round, the same for the same seed, whatever was made before. */
export function fileOf(round: number, { seed, seeds }: Pick<FuzzOptions, 'seed' | 'seeds'>): Seed {
  const chance = chanceOf(seed * 1_000_003 + round);
  const kinds = [...new Set(seeds.map(({ kind }) => kind))];
  // Each kind in its turn, however many seeds another has.
  const from = chance.pick(seeds.filter(({ kind }) => kind === kinds[round % kinds.length]));
  return { ...from, bytes: mutated(from.bytes, chance) };
}

/** Gives files that chance has changed to whoever reads such, in a thread of its own: one that hangs or falls is a fault. */
export async function fuzz({ patienceMs = PATIENCE_MS, onRound, ...options }: FuzzOptions): Promise<FuzzReport> {
  const { rounds, seed } = options;
  const faults: Fault[] = [];
  let [read, refused, mostMb, slowestMs] = [0, 0, 0, 0];
  let reader = openReader();
  for (let round = 0; round < rounds; round += 1) {
    const { kind, name: from, bytes } = fileOf(round, options);
    const begun = performance.now();
    const said = await reader.read({ kind, bytes }, patienceMs);
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - begun));
    mostMb = Math.max(mostMb, said.held);
    const fault = said.came === 'fault' ? said.said : said.held > MOST_MB ? `holds ${said.held} MB` : undefined;
    if (fault !== undefined) faults.push({ round, kind, from, said: fault });
    else if (said.came === 'read') read += 1;
    else refused += 1;
    if (said.came === 'fault') {
      await reader.close();
      reader = openReader();
    }
    onRound?.(round + 1);
  }
  await reader.close();
  return { seed, rounds, read, refused, mostMb, slowestMs, faults };
}

function openReader() {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let answer: PromiseWithResolvers<Read> | undefined;
  const fell = (why: string): void => answer?.resolve({ came: 'fault', said: why, held: 0 });
  worker.on('message', (said: Read) => answer?.resolve(said));
  worker.on('error', (error) => fell(`fell: ${error instanceof Error ? error.message : error}`));
  return {
    async read(job: Job, patienceMs: number): Promise<Read> {
      answer = Promise.withResolvers<Read>();
      const timer = setTimeout(() => fell(`hangs: nothing within ${patienceMs} ms`), patienceMs);
      worker.postMessage(job);
      return answer.promise.finally(() => clearTimeout(timer));
    },
    close: () => worker.terminate(),
  };
}
