/** How long the work of each name takes, measured turn by turn so that whatever slows the machine slows all of them. */

export type Timing = { readonly medianMs: number; readonly p95Ms: number };
export type Work = () => Promise<unknown>;

/**
 * @param rounds how often each is measured, after a tenth as many rounds that are thrown away
 */
export async function measure<N extends string>(works: Record<N, Work>, rounds: number): Promise<Record<N, Timing>> {
  const names = Object.keys(works) as N[];
  const times = new Map<N, number[]>(names.map((name) => [name, []]));
  const warmUp = Math.ceil(rounds / 10);
  for (let round = -warmUp; round < rounds; round++) {
    // Another order each time: whoever comes after a heavy one finds other things in the cache.
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + Math.abs(round)) % names.length] as N;
      const start = performance.now();
      await works[name]();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timingOf(times.get(name) ?? [])])) as Record<N, Timing>;
}

function timingOf(times: readonly number[]): Timing {
  const sorted = times.toSorted((p, q) => p - q);
  const at = (share: number): number => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}
