import type { BrowserWindow, Screen } from 'electron';
import { watchDebugger } from './debugger.ts';
import { watchDisplays } from './displays.ts';
import { watchFocus } from './focus.ts';
import { linuxInputDevices, watchInputDevices } from './input-devices.ts';
import { processesOf, watchRemoteControl } from './remote-control.ts';
import type { Report, Sentinel } from './sentinel.ts';
import { watchSuspend } from './suspend.ts';
import { virtualMachine, watchVirtualMachine } from './virtual-machine.ts';

export type Surroundings = {
  readonly window: BrowserWindow;
  readonly screen: Screen;
  /** Ids of the kiosk's own processes. */
  readonly processes: () => readonly number[];
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
};

/** Everything that is looked at on this system. */
export function sentinelsFor({ window, screen, processes, platform, env }: Surroundings): readonly Sentinel[] {
  const linux = platform === 'linux';
  return [
    watchFocus(window),
    watchDisplays(screen),
    watchRemoteControl(processesOf(platform), env),
    ...(linux
      ? [
          watchSuspend(),
          watchVirtualMachine(virtualMachine),
          watchInputDevices(linuxInputDevices),
          watchDebugger(processes),
        ]
      : []),
  ];
}

/** Looks around while somebody sits an exam, and not otherwise. */
export function openWatch(sentinels: readonly Sentinel[], report: Report): { during(running: boolean): void } {
  let stops: readonly (() => void)[] = [];
  return {
    during(running) {
      if (running === stops.length > 0) return;
      for (const stop of stops) stop();
      stops = running ? sentinels.map((sentinel) => sentinel.watch(report)) : [];
    },
  };
}
