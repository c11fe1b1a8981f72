import { app, type BrowserWindow, screen } from 'electron';
import { inShort } from '../contract/shell/kiosk-messages.ts';
import { keepLocked, type MachineLock, whatFailed } from './lock-machine.ts';
import type { StationProcess } from './process/station-process.ts';
import { openWatch, sentinelsFor } from './sentinels/index.ts';
import { shellChecks } from './shell-readiness.ts';
import { displaysSeen } from './window/displays.ts';

/** What the shell sees around its window, and says to the station: how it is locked, displays, what happens in an exam. */
export type Surroundings = {
  /** Somebody sits an exam now, or nobody does any more. */
  during(sitting: boolean): void;
  /** All that is so now, for a station that has just started. */
  tell(): Promise<void>;
  stop(): void;
};

export type SurroundingsParts = {
  readonly window: BrowserWindow;
  readonly station: StationProcess;
  readonly lockdown: Promise<MachineLock>;
  /** Whether the window was to be locked at all. */
  readonly locked: boolean;
};

export function openSurroundings({ window, station, lockdown, locked }: SurroundingsParts): Surroundings {
  const { platform, env, versions } = process;
  const sentinels = openWatch(
    sentinelsFor({ window, screen, processes: () => ownProcesses(station), platform, env }),
    (observation) => station.say({ kind: 'observed', observation }),
  );
  const standing = keepLocked(
    lockdown,
    (lost) => {
      for (const { step, detail } of lost) {
        const what = inShort(`${step}: ${detail}`);
        station.say({ kind: 'observed', observation: { reason: 'lockdown-failed', what, lastedMs: 0 } });
      }
    },
    () => void tell(),
  );
  const tell = async (): Promise<void> => {
    const displays = screen.getAllDisplays();
    // Before all that takes its time: a new terminal asks which displays there are as soon as its page is open.
    station.say({ kind: 'displays', displays: displaysSeen(displays) });
    const [findings, { left }] = await Promise.all([standing.now(), lockdown]);
    station.say(whatFailed(findings));
    const seen = { locked: locked ? findings : undefined, left, displays: displays.length, versions };
    station.say({ kind: 'readiness', checks: shellChecks(seen) });
  };
  screen.on('display-added', () => void tell());
  screen.on('display-removed', () => void tell());
  return {
    during: sentinels.during,
    tell,
    stop() {
      standing.stop();
      sentinels.during(false);
    },
  };
}

/** The shell's, the page's and the station's. */
const ownProcesses = (station: StationProcess): readonly number[] => [
  ...app.getAppMetrics().map(({ pid }) => pid),
  ...(station.pid === undefined ? [] : [station.pid]),
];
