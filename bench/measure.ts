/** How long the work of each name takes, measured turn by turn so that whatever slows the machine slows all of them. */

export type Timing = { readonly medianMs: number; readonly p95Ms: number; readonly p99Ms: number };
export type Work = () => Promise<unknown>;

/** What a work gives back that runs elsewhere and was timed there: the way there and back is nobody's cost. */
export class Took {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/**
 * @param rounds how often each is measured, after a tenth as many rounds that are thrown away
 */
export async function measure<N extends string>(works: Record<N, Work>, rounds: number): Promise<Record<N, Timing>> {
  const names = Object.keys(works) as N[];
  const times = new Map<N, number[]>(names.map((name) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);
  for (let round = -warmUp; round < rounds; round++) {
    // Another order each time: nobody always comes after the heaviest.
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + Math.abs(round)) % names.length] as N;
      // Once before, unmeasured: a camera's frames come one after the other, and find their own things in the cache.
      await works[name]();
      const start = performance.now();
      const result = await works[name]();
      const ms = result instanceof Took ? result.ms : performance.now() - start;
      if (round >= 0) times.get(name)?.push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(times.get(name) ?? [])])) as Record<N, Timing>;
}

export function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((p, q) => p - q);
  const at = (share: number): number => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
  return { medianMs: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
