import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What is known of one serial port of this machine. */
export type PortInfo = {
  readonly path: string;
  /** Four hexadecimal digits each, where it hangs on USB. */
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
};

/** Kernel names of serial devices on USB. */
const USB_TTY = /^tty(USB|ACM)\d+$/;

/**
 * The serial ports on USB as the Linux kernel tells of them. Files are read and no program is started: a station without
 * a reader asks every second, and `udevadm`, by which the serial library finds them, holds up its thread for some 15 ms.
 * @param classes where the kernel lists its terminals
 */
export async function usbSerialPorts(classes = '/sys/class/tty'): Promise<readonly PortInfo[]> {
  const names = (await readdir(classes)).filter((name) => USB_TTY.test(name));
  const ports = names.map(async (name): Promise<PortInfo> => {
    const device = await realpath(join(classes, name)).catch(() => undefined);
    return { path: `/dev/${name}`, ...(device ? await usbIdsAbove(device) : {}) };
  });
  return Promise.all(ports);
}

/** The ids stand with the USB device, some folders above its serial interface. */
async function usbIdsAbove(folder: string): Promise<Pick<PortInfo, 'vendorId' | 'productId'>> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const [vendorId, productId] = await Promise.all(['idVendor', 'idProduct'].map((name) => textOf(join(at, name))));
    if (vendorId && productId) return { vendorId, productId };
  }
  return {};
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
