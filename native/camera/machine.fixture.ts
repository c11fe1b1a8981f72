import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type FakeNode = {
  readonly node: string;
  readonly name: string;
  readonly index?: number;
  /** Nothing of a node that hangs on no bus. */
  readonly on?: { readonly bus: string; readonly driver: string; readonly modalias?: string };
};

/** A folder laid out as Linux lays out `/sys`, with these cameras. */
export function fakeSys(root: string, nodes: readonly FakeNode[]): string {
  mkdirSync(join(root, 'class/video4linux'), { recursive: true });
  for (const { node, name, index = 0, on } of nodes) {
    const device = join(root, 'devices', on ? `pci0000:00/${on.bus}-${node}` : 'virtual');
    const place = join(device, 'video4linux', node);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'name'), `${name}\n`);
    writeFileSync(join(place, 'index'), `${index}\n`);
    symlinkSync(place, join(root, 'class/video4linux', node));
    if (!on) continue;
    const driver = join(root, 'bus', on.bus, 'drivers', on.driver);
    mkdirSync(driver, { recursive: true });
    symlinkSync(driver, join(device, 'driver'));
    symlinkSync(device, join(place, 'device'));
    if (on.modalias) writeFileSync(join(device, 'modalias'), `${on.modalias}\n`);
  }
  return root;
}

/** A process that holds a file open, as Linux tells of it. */
export function fakeHolder(proc: string, pid: number, program: string, file: string): void {
  const link = join(proc, `${pid}`, 'fd', '3');
  mkdirSync(dirname(link), { recursive: true });
  writeFileSync(join(proc, `${pid}`, 'comm'), `${program}\n`);
  symlinkSync(file, link);
}

export const WEBCAM: FakeNode = {
  ...{ node: 'video0', name: 'HD Pro Webcam C920' },
  on: { bus: 'usb', driver: 'uvcvideo', modalias: 'usb:v046Dp082Dd0011dcEFdsc02dp01ic0Eisc01ip00in00' },
};
export const ITS_DATA: FakeNode = { ...WEBCAM, node: 'video1', index: 1 };
export const LOOPBACK: FakeNode = { node: 'video2', name: 'HD Pro Webcam C920' };
export const TEST_DEVICE: FakeNode = {
  node: 'video3',
  name: 'vivid-000-vid-cap',
  on: { bus: 'platform', driver: 'vivid' },
};
