import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PictureSize } from './usb-video.ts';

export type FakeNode = {
  readonly node: string;
  readonly name: string;
  readonly index?: number;
  /** Nothing of a node that hangs on no bus. */
  readonly on?: {
    readonly bus: string;
    readonly driver: string;
    readonly modalias?: string;
    readonly sizes?: readonly PictureSize[];
  };
};

/** A folder laid out as Linux lays out `/sys`, with these cameras. */
export function fakeSys(root: string, nodes: readonly FakeNode[]): string {
  mkdirSync(join(root, 'class/video4linux'), { recursive: true });
  for (const { node, name, index = 0, on } of nodes) {
    const device = join(root, 'devices', on ? `pci0000:00/${on.bus}-${node}/interface` : 'virtual');
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
    if (on.sizes) writeFileSync(join(device, '../descriptors'), usbVideo(on.sizes));
  }
  return root;
}

/** What a USB camera says of itself, as far as it is read here: what it is, and a frame of each size, some with the rates. */
export function usbVideo(sizes: readonly PictureSize[]): Uint8Array {
  const device = [18, 1, 0, 2, 0xef, 2, 1, 64, 0x6d, 0x04, 0x2d, 0x08, 0x11, 0, 0, 2, 1, 1];
  const control = [9, 4, 0, 0, 1, 0x0e, 1, 0, 0];
  // A terminal of the camera, which is no frame though it is called as one is.
  const terminal = [18, 0x24, 5, 1, 1, 2, 0x40, 0x1f, 0x40, 0x1f, 0, 0, 0, 0, 3, 0, 0, 0];
  const streaming = [9, 4, 1, 0, 1, 0x0e, 2, 0, 0];
  const low = (value: number): number[] => [value & 0xff, value >> 8];
  const frames = sizes.flatMap(({ width, height }, n) => [
    ...[30, 0x24, n % 2 === 0 ? 5 : 7, n + 1, 0, ...low(width), ...low(height)],
    ...Array.from({ length: 21 }, () => 0x24),
  ]);
  return Uint8Array.from([...device, ...control, ...terminal, ...streaming, ...frames]);
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
