import type { PictureSize } from './usb-video.ts';

/** A camera as the operating system knows it. */
export type MachineCamera = {
  /** `video0` on Linux, the instance id on Windows. */
  readonly id: string;
  /** As the device calls itself; Linux cuts it off after 31 bytes. */
  readonly name: string;
  /** `uvcvideo`, `usbvideo`, `v4l2loopback`; empty where nobody says. */
  readonly driver: string;
  /** Vendor and product, lower case: `046d:0825`. */
  readonly usb?: string;
  /** The sizes of its pictures, as the device says them; nothing where it does not. */
  readonly sizes?: readonly PictureSize[];
  /** Whether its pictures come from a program. A box that plays a film over USB is none. */
  readonly isProgram: boolean;
  /** Of one that is: the programs that hold it open, as far as this user may see. */
  readonly heldBy?: readonly string[];
};

/** Chromium calls a camera by its name, and behind it the USB id where there is one. */
const LABEL = /^(?<name>.*?)(?: \((?<usb>[0-9a-f]{4}:[0-9a-f]{4})\))?$/i;
/** A name that the kernel cut off. */
const LONGEST_NAME = 31;

/** Whether a page means this camera by a label. */
export function isNamed({ name, usb }: MachineCamera, label: string): boolean {
  const said = LABEL.exec(label)?.groups ?? {};
  if (said.usb && said.usb.toLowerCase() !== usb) return false;
  const called = (said.name ?? '').trim();
  if (!called || !name) return false;
  const isCutOff = Buffer.byteLength(name) >= LONGEST_NAME;
  return called === name || (isCutOff && called.startsWith(name));
}

/** Whether it can give such pictures. A browser makes them smaller than the camera does, and cuts them, never larger. */
export const canGive = ({ sizes }: MachineCamera, { width, height }: PictureSize): boolean =>
  !sizes || sizes.some((size) => size.width >= width && size.height >= height);
