/** Which cameras the machine itself says it has, whatever a page says of them. Looks only; opens none. */
import { linuxCameras } from './linux.ts';
import type { MachineCamera } from './machine-camera.ts';
import { windowsCameras } from './windows.ts';

export { canGive, isNamed, type MachineCamera } from './machine-camera.ts';
export type { PictureSize } from './usb-video.ts';

/** Windows takes most of a second to answer. */
export const LOOK_EVERY_MS = process.platform === 'win32' ? 60_000 : 5_000;

/** @returns nothing where this system cannot be asked */
export async function machineCameras(
  platform: NodeJS.Platform = process.platform,
): Promise<readonly MachineCamera[] | undefined> {
  if (platform === 'linux') return linuxCameras();
  return platform === 'win32' ? windowsCameras() : undefined;
}
