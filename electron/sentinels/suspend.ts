import { uptime } from 'node:os';
import { everySoOften, type Sentinel } from './sentinel.ts';

const LOOK_MS = 1_000;
/** Clocks are read one after the other, and one of them counts hundredths of a second. */
const ASLEEP_MS = 2_000;

export type Clocks = {
  /** Milliseconds since the machine started, sleep included. */
  readonly sinceStart: () => number;
  /** Milliseconds that do not pass while it sleeps. */
  readonly awake: () => number;
};

const clocksHere: Clocks = { sinceStart: () => uptime() * 1000, awake: () => performance.now() };

/** The computer slept: then one of its clocks has gone on and the other has not. */
export function watchSuspend({ sinceStart, awake }: Clocks = clocksHere): Sentinel {
  return {
    name: 'suspend',
    watch(report) {
      let before = sinceStart() - awake();
      return everySoOften(LOOK_MS, () => {
        const now = sinceStart() - awake();
        const slept = Math.round(now - before);
        before = now;
        if (slept >= ASLEEP_MS) report({ reason: 'suspended', what: '', lastedMs: slept });
      });
    },
  };
}
