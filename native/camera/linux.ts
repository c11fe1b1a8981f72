import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { MachineCamera } from './machine-camera.ts';
import { type PictureSize, sizesIn } from './usb-video.ts';

/** Drivers whose pictures come from a program: loopbacks, and the kernel's own test devices. */
const PROGRAMS = /^(v4l2loopback|v4l2[-_ ]loopback|akvcam|vivid|vimc|vim2m|vicodec|visl)\b/i;

/**
 * The nodes of `/sys/class/video4linux` that give pictures. The second node of a USB camera, which gives only data about
 * pictures, is none.
 * @param sys where Linux tells of its devices
 * @param proc and where of its processes
 * @returns nothing where it does not
 */
export function linuxCameras(sys = '/sys', proc = '/proc'): readonly MachineCamera[] | undefined {
  if (!existsSync(join(sys, 'class'))) return undefined;
  const folder = join(sys, 'class/video4linux');
  // The folder is not there before the first camera.
  return namesIn(folder)
    .filter((node) => /^video\d+$/.test(node) && ['', '0'].includes(text(join(folder, node, 'index'))))
    .map((node) => cameraAt(join(folder, node), node, proc));
}

function cameraAt(path: string, id: string, proc: string): MachineCamera {
  const name = text(join(path, 'name'));
  const driver = linkName(join(path, 'device/driver'));
  const [, vendor, product] = /^usb:v([0-9A-F]{4})p([0-9A-F]{4})/i.exec(text(join(path, 'device/modalias'))) ?? [];
  const sizes = sizesOf(path);
  // What hangs on no bus is made by a module of the kernel.
  const isProgram = !driver || whereIs(path).includes('/devices/virtual/') || PROGRAMS.test(driver);
  return {
    ...{ id, name, driver },
    ...(vendor && product ? { usb: `${vendor}:${product}`.toLowerCase() } : {}),
    ...(sizes.length > 0 ? { sizes } : {}),
    ...(isProgram ? { isProgram, heldBy: holdersOf(id, proc) } : { isProgram }),
  };
}

/** The device of USB lies around the interface that the driver has. */
function sizesOf(path: string): readonly PictureSize[] {
  const file = join(dirname(whereIs(join(path, 'device'))), 'descriptors');
  return sizesIn(orNothing(() => readFileSync(file), Buffer.alloc(0)));
}

function holdersOf(id: string, proc: string): readonly string[] {
  const holds = (pid: string): boolean =>
    namesIn(join(proc, pid, 'fd')).some((fd) => linkTarget(join(proc, pid, 'fd', fd)) === `/dev/${id}`);
  const pids = namesIn(proc).filter((name) => /^\d+$/.test(name));
  return [...new Set(pids.filter(holds).map((pid) => text(join(proc, pid, 'comm'))))];
}

/** What cannot be read is not there: devices and processes come and go. */
function orNothing<T>(read: () => T, nothing: T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}
const namesIn = (folder: string): readonly string[] => orNothing(() => readdirSync(folder), []);
const text = (path: string): string => orNothing(() => readFileSync(path, 'utf8').trim(), '');
const linkTarget = (path: string): string => orNothing(() => readlinkSync(path), '');
const linkName = (path: string): string => basename(linkTarget(path));
const whereIs = (path: string): string => orNothing(() => realpathSync(path), path);
