import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Observation } from '../../contract/shell/kiosk-messages.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { tracerOf, watchDebugger } from './debugger.ts';
import { watchDisplays } from './displays.ts';
import { watchFocus } from './focus.ts';
import { openWatch } from './index.ts';
import { linuxInputDevices, watchInputDevices } from './input-devices.ts';
import { linuxProcesses, remoteSession, watchRemoteControl } from './remote-control.ts';
import type { Sentinel } from './sentinel.ts';
import { watchSuspend } from './suspend.ts';
import { virtualMachine, watchVirtualMachine } from './virtual-machine.ts';

let folder: string;
const stops: (() => void)[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

function watched(sentinel: Sentinel): Observation[] {
  const seen: Observation[] = [];
  stops.push(sentinel.watch((observation) => seen.push(observation)));
  return seen;
}

class FakeWindow extends EventEmitter {
  isFocused(): boolean {
    return true;
  }
}

test('focus: how long it was lost, once it is back; a hiccup is nothing', () => {
  vi.useFakeTimers();
  const window = new FakeWindow();
  let now = 0;
  const seen = watched(watchFocus(window, () => now));
  window.emit('blur');
  now += 40;
  window.emit('focus');
  expect(seen).toEqual([]);
  window.emit('blur');
  now += 2_000;
  window.emit('focus');
  expect(seen).toEqual([{ reason: 'focus-lost', what: '', lastedMs: 2_000 }]);
});

test('focus: a window that was out of sight is told of however short, and one that stays away before it is back', () => {
  vi.useFakeTimers();
  const window = new FakeWindow();
  let now = 0;
  const seen = watched(watchFocus(window, () => now));
  window.emit('minimize');
  now += 60;
  window.emit('focus');
  expect(seen).toEqual([{ reason: 'focus-lost', what: '', lastedMs: 60 }]);
  window.emit('blur');
  now += 10_000;
  vi.advanceTimersByTime(10_000);
  expect(seen).toHaveLength(2);
});

test('displays: a second one at the beginning, and one that is connected later', () => {
  const display = (id: number) => ({ id, label: 'HDMI', size: { width: 1920, height: 1080 } });
  const screens = Object.assign(new EventEmitter(), { getAllDisplays: () => [display(1), display(2)] });
  const seen = watched(watchDisplays(screens));
  expect(seen).toEqual([{ reason: 'display-added', what: 'HDMI 1920x1080', lastedMs: 0 }]);
  screens.emit('display-added', {}, display(3));
  expect(seen).toHaveLength(2);
});

test('remote control: a program of that name that really runs is told of once', async () => {
  // The very program of this machine under another name: what counts is what the system says of it.
  const program = join(folder, 'anydesk');
  copyFileSync('/bin/sleep', program);
  const child = spawn(program, ['30'], { stdio: 'ignore' });
  try {
    const seen = watched(watchRemoteControl(async () => linuxProcesses(), {}));
    await eventually(() => expect(seen).toEqual([{ reason: 'remote-control', what: 'anydesk', lastedMs: 0 }]));
  } finally {
    child.kill();
  }
});

test.each([
  [{ DISPLAY: ':0' }, undefined],
  [{ DISPLAY: 'elsewhere:10.0' }, 'DISPLAY elsewhere:10.0'],
  [{ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'SSH session'],
  [{ SESSIONNAME: 'RDP-Tcp#7' }, 'RDP session RDP-Tcp#7'],
  [{ SESSIONNAME: 'Console' }, undefined],
])('remote control: the session says what it is: %o', (env, what) => {
  expect(remoteSession(env)).toBe(what);
});

test('virtual machine: what the machine says of itself', () => {
  const dmi = join(folder, 'sys/class/dmi/id');
  mkdirSync(dmi, { recursive: true });
  mkdirSync(join(folder, 'proc'));
  writeFileSync(join(folder, 'proc/cpuinfo'), 'flags\t\t: fpu vme de\n');
  for (const [vendor, product, found] of [
    ['LENOVO', 'ThinkCentre M70q', undefined],
    ['QEMU', 'Standard PC (Q35 + ICH9, 2009)', 'QEMU Standard PC (Q35 + ICH9, 2009)'],
    ['innotek GmbH', 'VirtualBox', 'innotek GmbH VirtualBox'],
  ] as const) {
    writeFileSync(join(dmi, 'sys_vendor'), `${vendor}\n`);
    writeFileSync(join(dmi, 'product_name'), `${product}\n`);
    expect(virtualMachine(folder)).toBe(found);
  }
  writeFileSync(join(dmi, 'sys_vendor'), 'Dell Inc.\n');
  writeFileSync(join(dmi, 'product_name'), 'OptiPlex\n');
  writeFileSync(join(folder, 'proc/cpuinfo'), 'flags\t\t: fpu hypervisor lahf_lm\n');
  const seen = watched(watchVirtualMachine(() => virtualMachine(folder)));
  expect(seen).toMatchObject([{ reason: 'virtual-machine' }]);
});

const KEYBOARD = (name: string, port: number): string =>
  [
    'I: Bus=0003 Vendor=046d Product=c31c Version=0110',
    `N: Name="${name}"`,
    `S: Sysfs=/devices/pci0000:00/usb1/1-${port}/input/input${port}`,
    'H: Handlers=sysrq kbd event3 leds',
  ].join('\n');
const POWER_BUTTON =
  'I: Bus=0019 Vendor=0000 Product=0001 Version=0000\nN: Name="Power Button"\nS: Sysfs=/x\nH: Handlers=kbd event0';

test('input devices: a keyboard that is plugged in, not those that were there, not the power button', () => {
  vi.useFakeTimers();
  const path = join(folder, 'devices');
  writeFileSync(path, `${KEYBOARD('Old keyboard', 1)}\n\n${POWER_BUTTON}\n`);
  const seen = watched(watchInputDevices(() => linuxInputDevices(path)));
  vi.advanceTimersByTime(4_000);
  expect(seen).toEqual([]);
  writeFileSync(path, `${KEYBOARD('Old keyboard', 1)}\n\n${KEYBOARD('Rubber Ducky', 2)}\n`);
  vi.advanceTimersByTime(4_000);
  expect(seen).toEqual([{ reason: 'input-device-added', what: 'Rubber Ducky', lastedMs: 0 }]);
});

test('suspend: one clock went on, the other did not', () => {
  vi.useFakeTimers();
  let [sinceStart, awake] = [1_000, 0];
  const seen = watched(watchSuspend({ sinceStart: () => sinceStart, awake: () => awake }));
  [sinceStart, awake] = [2_010, 1_000];
  vi.advanceTimersByTime(1_000);
  expect(seen).toEqual([]);
  [sinceStart, awake] = [92_010, 2_000];
  vi.advanceTimersByTime(1_000);
  expect(seen).toMatchObject([{ reason: 'suspended', lastedMs: 89_000 }]);
});

/** Holds a process as debuggers do, until it is ended. */
const TRACER = `
import ctypes, sys, time
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, int(sys.argv[1]), 0, 0) != 0: sys.exit(3)
print('held', flush=True)
time.sleep(30)
`;
const python = existsSync('/usr/bin/python3');

test.skipIf(!python)(
  `debugger: who really traces one of our processes is told of once${python ? '' : ' (skipped: no python3)'}`,
  async () => {
    const traced = spawn('/bin/sleep', ['30'], { stdio: 'ignore' });
    const pid = traced.pid as number;
    expect(tracerOf(pid)).toBeUndefined();
    const tracer = spawn('/usr/bin/python3', ['-c', TRACER, String(pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => tracer.stdout.once('data', resolve));
      const seen = watched(watchDebugger(() => [process.pid, pid]));
      await eventually(() => expect(seen).toMatchObject([{ reason: 'debugger-attached' }]));
      expect(seen[0]?.what).toMatch(/^python3/);
    } finally {
      tracer.kill('SIGKILL');
      traced.kill('SIGKILL');
    }
  },
);

test('nobody looks around while nobody sits an exam, and what cannot be read is no finding', async () => {
  const look = vi.fn(() => {
    throw new Error('EACCES');
  });
  const seen: Observation[] = [];
  const watch = openWatch([watchInputDevices(look)], (observation) => seen.push(observation));
  watch.during(false);
  expect(look).not.toHaveBeenCalled();
  watch.during(true);
  watch.during(true);
  await eventually(() => expect(look).toHaveBeenCalledTimes(1));
  watch.during(false);
  expect(seen).toEqual([]);
});
