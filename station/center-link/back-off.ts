/** A center that says at once what is wrong is asked at the next round. */
const AT_ONCE_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * Gives a center time that did not answer in time: as long as it was waited for, and at each further attempt twice as long. All
 * stations of a morning asking again every few seconds would keep it from ever answering.
 * @returns does the work, or throws anew what it failed with last
 */
export function openBackOff(now = () => performance.now()): (work: () => Promise<void>) => Promise<void> {
  let failed: { readonly error: unknown; readonly waitMs: number; readonly until: number } | undefined;
  return async (work) => {
    if (failed && now() < failed.until) throw failed.error;
    const since = now();
    try {
      await work();
      failed = undefined;
    } catch (error) {
      const took = now() - since;
      const waitMs = took < AT_ONCE_MS ? 0 : Math.min(LONGEST_MS, Math.max(took, 2 * (failed?.waitMs ?? 0)));
      // Not all at the same moment again.
      failed = { error, waitMs, until: now() + waitMs * (0.75 + Math.random() / 2) };
      throw error;
    }
  };
}
