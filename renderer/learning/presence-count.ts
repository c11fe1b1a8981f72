/** Counts for how long a lesson is on the screen and goes on, by a clock that is handed in. */
export type PresenceCount = {
  /** It goes on from now on, or stands. */
  set(goesOn: boolean): void;
  /** Seconds since this was asked last. */
  take(): number;
};

/** @param now milliseconds, only ever more */
export function countPresence(now: () => number): PresenceCount {
  let countedMs = 0;
  let since: number | undefined;
  const settle = (): void => {
    if (since === undefined) return;
    const at = now();
    countedMs += at - since;
    since = at;
  };
  return {
    set(goesOn) {
      settle();
      since = goesOn ? (since ?? now()) : undefined;
    },
    take() {
      settle();
      const seconds = countedMs / 1000;
      countedMs = 0;
      return seconds;
    },
  };
}
