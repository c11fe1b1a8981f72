/** The middle of some numbers, the larger one where there are two; not a number where there are none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((p, q) => p - q)[values.length >> 1] ?? Number.NaN;
