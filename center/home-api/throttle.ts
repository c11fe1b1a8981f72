/** Counts what went wrong by where it came from, within a stretch of time. */
export type Throttle = {
  /** Whether whoever is there has to wait. */
  isClosed(address: string, nowMs: number): boolean;
  failed(address: string, nowMs: number): void;
};

type Options = { readonly most: number; readonly withinMs: number };

/** Of so many addresses failures are remembered; of the one heard longest ago they are forgotten first. */
const ADDRESSES = 10_000;

/** @param most failures within so many milliseconds, counted from the first of them */
export function openThrottle({ most, withinMs }: Options): Throttle {
  const known = new Map<string, { readonly sinceMs: number; readonly failures: number }>();
  const failuresOf = (address: string, nowMs: number) => {
    const found = known.get(address);
    return found && nowMs - found.sinceMs < withinMs ? found : { sinceMs: nowMs, failures: 0 };
  };
  return {
    isClosed: (address, nowMs) => failuresOf(address, nowMs).failures >= most,
    failed(address, nowMs) {
      const { sinceMs, failures } = failuresOf(address, nowMs);
      known.delete(address);
      known.set(address, { sinceMs, failures: failures + 1 });
      const [oldest] = known.keys();
      if (known.size > ADDRESSES && oldest !== undefined) known.delete(oldest);
    },
  };
}
