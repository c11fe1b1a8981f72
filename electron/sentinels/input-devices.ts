import { readFileSync } from 'node:fs';
import { everySoOften, type Sentinel, shortName } from './sentinel.ts';

const LOOK_MS = 2_000;

type Device = { readonly id: string; readonly name: string };

/**
 * Keyboards and mice that are connected, as Linux lists them: whatever handles keys or moves a pointer. Buttons of the
 * machine itself (power, lid) are no devices somebody brings along.
 */
export function linuxInputDevices(path = '/proc/bus/input/devices'): readonly Device[] {
  return readFileSync(path, 'utf8')
    .split('\n\n')
    .flatMap((block) => {
      const field = (pattern: RegExp): string => pattern.exec(block)?.[1]?.trim() ?? '';
      const handlers = field(/^H: Handlers=(.*)$/m);
      const removable = /^I: Bus=(0003|0005)/m.test(block);
      if (!removable || !/\b(kbd|mouse\d+)\b/.test(handlers)) return [];
      return [{ id: field(/^S: Sysfs=(.*)$/m), name: field(/^N: Name="(.*)"$/m) }];
    });
}

/** A keyboard or a mouse that is connected (USB, Bluetooth) while somebody sits an exam. */
export function watchInputDevices(devices: () => readonly Device[]): Sentinel {
  return {
    name: 'input-devices',
    watch(report) {
      let known: ReadonlySet<string> | undefined;
      return everySoOften(LOOK_MS, () => {
        const now = devices();
        for (const { id, name } of known ? now : [])
          if (!known?.has(id)) report({ reason: 'input-device-added', what: shortName(name), lastedMs: 0 });
        known = new Set(now.map(({ id }) => id));
      });
    },
  };
}
