/** What every clock of the machine said at one moment. */
export type Moment = {
  /** Milliseconds since 1970, as whoever may set the clock wants it. */
  readonly wall: number;
  /** One start of the station, and the milliseconds since; they stand still while the machine sleeps. */
  readonly run: string;
  readonly monotonic: number;
  /** One start of the machine; nothing where it does not say. */
  readonly machine: string | null;
  /** Milliseconds since the machine was started, its sleep among them. */
  readonly uptime: number;
};

/** Clocks that are corrected over the network move by less at a time, */
const SET_MS = 60_000;
/** and run faster or slower than they should by no more than this. */
const SLEW = 0.0005;

type Passed = { readonly ms: number; readonly exactly: boolean };

/**
 * How far the wall clock was set between two moments, in milliseconds, forward or back; 0 where it only ran, was slewed, or was
 * in another zone. Time that the machine slept or ran without the station has passed. Where the machine was started anew
 * between them, only that it must have passed since is known: then a clock that was set back is found, one that was set
 * forward is not told from a machine that was off.
 */
export function jumpBetween(before: Moment, now: Moment): number {
  const passed = passedBetween(before, now);
  const moved = now.wall - before.wall - passed.ms;
  const allowed = SET_MS + passed.ms * SLEW;
  if (moved < -allowed || (passed.exactly && moved > allowed)) return Math.round(moved);
  return 0;
}

function passedBetween(before: Moment, now: Moment): Passed {
  const [awake, up] = [now.monotonic - before.monotonic, now.uptime - before.uptime];
  if (before.run === now.run) return { ms: Math.max(0, awake, up), exactly: true };
  const named = before.machine !== null && now.machine !== null;
  if (named && before.machine === now.machine) return { ms: Math.max(0, up), exactly: true };
  // Without a name it may be the same start of the machine or another one: in both, so much has passed at least.
  return { ms: Math.max(0, named || up < 0 ? now.uptime : up), exactly: false };
}
