import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from './clock.ts';
import type { Moment } from './jumps.ts';

/** What the clocks say now. */
export const momentOf = (clock: Clock): Moment => ({
  wall: Date.parse(clock.wall()),
  run: clock.boot,
  monotonic: clock.monotonic(),
  machine: machineBoot,
  uptime: Math.round(uptime() * 1_000),
});

/** Only Linux gives each start of the machine a name. */
const machineBoot = ((): string | null => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
})();
