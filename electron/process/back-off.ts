/** How often something failed lately. A value: deciding what to do about it touches no clock and no timer. */
export type BackOff = { readonly failures: number; readonly lastAt: number };

export type BackOffLimits = {
  readonly firstMs: number;
  /** A kiosk has nobody who could press a button: it never gives up, it only waits this long at most. */
  readonly longestMs: number;
  /** After this long without a failure, the next one is the first again. */
  readonly calmMs: number;
};

export const CALM: BackOff = { failures: 0, lastAt: Number.NEGATIVE_INFINITY };

/** Doubles the wait with each failure that follows closely on the one before. */
export function afterFailure(
  before: BackOff,
  now: number,
  { firstMs, longestMs, calmMs }: BackOffLimits,
): { readonly next: BackOff; readonly waitMs: number } {
  const failures = now - before.lastAt < calmMs ? before.failures + 1 : 1;
  // The exponent is bounded too: a station that fails for a year must not compute Infinity times zero.
  const waitMs = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return { next: { failures, lastAt: now }, waitMs };
}
