/** Brings the newest of what was said to where it is kept: one at a time, and again where it was not taken. */
export type Reporter<T> = {
  put(said: T): void;
  /** Once nothing is on its way any more. */
  settled(): Promise<void>;
  stop(): void;
};

const AGAIN_MS = 2_000;

export function openReporter<T>(send: (said: T) => Promise<unknown>, againMs = AGAIN_MS): Reporter<T> {
  let waiting: { readonly said: T } | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    while (waiting && !stopped) {
      const taken = waiting;
      waiting = undefined;
      try {
        await send(taken.said);
      } catch {
        // What was said since is newer.
        waiting ??= taken;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
    running = undefined;
  };
  return {
    put(said) {
      waiting = { said };
      running ??= run();
    },
    settled: () => running ?? Promise.resolve(),
    stop() {
      stopped = true;
    },
  };
}
