import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { usbSerialPorts } from './usb-serial.ts';

/** Lays terminals out as the kernel does: links in one folder, devices in another, ids with the USB device. */
function kernel(): {
  readonly classes: string;
  add(name: string, device: string, ids?: readonly [string, string]): void;
} {
  const root = temporaryFolder();
  const classes = join(root, 'class/tty');
  mkdirSync(classes, { recursive: true });
  return {
    classes,
    add(name, device, ids) {
      const folder = join(root, 'devices', device, 'tty', name);
      mkdirSync(folder, { recursive: true });
      symlinkSync(folder, join(classes, name));
      if (!ids) return;
      const usb = join(root, 'devices', device.split('/').slice(0, 3).join('/'));
      for (const [at, file] of ['idVendor', 'idProduct'].entries()) writeFileSync(join(usb, file), `${ids[at]}\n`);
    },
  };
}

it('tells the ids of a converter and of a modem, however deep their interface lies', async () => {
  const { classes, add } = kernel();
  add('ttyUSB0', 'pci0000:00/usb1/1-1/1-1:1.0/ttyUSB0', ['10c4', '8a1b']);
  add('ttyACM3', 'pci0000:00/usb2/2-4/2-4:1.1', ['0400', 'c35a']);
  expect(await usbSerialPorts(classes)).toEqual([
    { path: '/dev/ttyACM3', vendorId: '0400', productId: 'c35a' },
    { path: '/dev/ttyUSB0', vendorId: '10c4', productId: '8a1b' },
  ]);
});

it('leaves out terminals that do not hang on USB', async () => {
  const { classes, add } = kernel();
  for (const name of ['tty1', 'ttyS0', 'console', 'ptmx']) add(name, `virtual/${name}`);
  expect(await usbSerialPorts(classes)).toEqual([]);
});

it('names a port whose ids cannot be read, or that is pulled at this moment', async () => {
  const { classes, add } = kernel();
  add('ttyUSB1', 'platform/serial');
  symlinkSync(join(classes, 'nowhere'), join(classes, 'ttyUSB2'));
  expect(await usbSerialPorts(classes)).toEqual([{ path: '/dev/ttyUSB1' }, { path: '/dev/ttyUSB2' }]);
});

it('says so where the kernel lists nothing', async () => {
  await expect(usbSerialPorts('/nowhere/class/tty')).rejects.toThrow('ENOENT');
});
