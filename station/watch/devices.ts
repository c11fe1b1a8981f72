import type { DeviceState } from '../../contract/words/device-state.ts';
import { openSignal } from '../core/signal/index.ts';

const NAMES = ['camera', 'reader', 'faces', 'center'] as const;
export type DeviceName = (typeof NAMES)[number];

/** What a station stands on besides itself, and how each is: said by whoever looks after it, read by everybody. */
export type Devices = Readonly<Record<DeviceName, DeviceState>> & {
  all(): Readonly<Record<DeviceName, DeviceState>>;
  now(device: DeviceName, state: DeviceState): void;
  onChange(listener: () => void): void;
};

export function openDevices(onFault: (error: unknown) => void): Devices {
  const states: Record<DeviceName, DeviceState> = {
    camera: { state: 'starting' },
    reader: { state: 'starting' },
    faces: { state: 'starting' },
    center: { state: 'starting' },
  };
  const changes = openSignal(onFault);
  return {
    get camera() {
      return states.camera;
    },
    get reader() {
      return states.reader;
    },
    get faces() {
      return states.faces;
    },
    get center() {
      return states.center;
    },
    all: () => ({ ...states }),
    now(device, state) {
      states[device] = state;
      changes.tell();
    },
    onChange: changes.on,
  };
}
