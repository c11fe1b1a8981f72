import { platform } from 'node:process';
import { type PortInfo, usbSerialPorts } from './usb-serial.ts';

/** Vendor and product of readers that speak SAM-V (FACTS section 3), lower case. */
const KNOWN_USB_IDS: readonly string[] = ['0400:c35a', '10c4:8a1b', '2015:0008', '9573:4836'];

/**
 * Which serial device is the card reader: the one that is named (a path), else the first port whose
 * USB id is a known reader's. A converter cable with an id of its own has to be named by path.
 * @returns undefined where there is none, and where ports cannot be listed
 */
export async function findReaderPort(
  named?: string | undefined,
  list: () => Promise<readonly PortInfo[]> = listPorts,
): Promise<string | undefined> {
  if (named) return named;
  const ports = await list().catch(() => []);
  return ports.find(({ vendorId, productId }) => KNOWN_USB_IDS.includes(`${vendorId}:${productId}`.toLowerCase()))
    ?.path;
}

/** Where serial devices are, for whoever has to name one. */
export const serialPorts = async (): Promise<readonly string[]> =>
  (await listPorts().catch(() => [])).map(({ path }) => path).sort();

/** The ports of this machine. @throws Error where they cannot be listed */
export async function listPorts(): Promise<readonly PortInfo[]> {
  if (platform === 'linux') return usbSerialPorts();
  const { SerialPort } = await import('serialport');
  return SerialPort.list();
}
