import type { Watched } from '../../contract/words/exam.ts';
import { canGive, isNamed, type MachineCamera, type PictureSize } from '../../native/camera/index.ts';
import { looksVirtual } from './camera/index.ts';
import type { Watching } from './parts.ts';

/** Why the feed may not be what a camera sees now, and which camera it is about. */
export type Doubt = { readonly reason: Watched; readonly what?: string };

/** Nothing where recordings are what the station is shown. */
export function doubtsOf({
  camera,
  devices,
  machine,
  recordedFeeds,
}: Pick<Watching, 'camera' | 'devices' | 'machine' | 'recordedFeeds'>): readonly Doubt[] {
  if (recordedFeeds) return [];
  const device = doubtDevice(devices.camera.label ?? '', machine?.cameras, camera.size);
  return [...(camera.looped ? [{ reason: 'feed-looped' } as const] : []), ...(device ? [device] : [])];
}

/**
 * Holds what a page calls its camera against the cameras that the machine has.
 * @param cameras nothing where the machine does not say
 * @param size of the pictures that come; nothing before the first one
 */
export function doubtDevice(
  label: string,
  cameras: readonly MachineCamera[] | undefined,
  size?: PictureSize,
): Doubt | undefined {
  if (looksVirtual(label)) return { reason: 'camera-virtual', what: label };
  if (!cameras) return undefined;
  const meant = cameras.filter((camera) => isNamed(camera, label));
  // Where a program took the name of a real camera, nobody can say which of the two it is.
  const program = meant.find(({ isProgram }) => isProgram);
  if (program)
    return {
      reason: 'camera-virtual',
      what: [program.driver, program.id, label, ...(program.heldBy ?? [])].filter(Boolean).join(' '),
    };
  if (meant.length === 0) return { reason: 'camera-unmatched', what: label || '—' };
  if (!size || meant.some((camera) => canGive(camera, size))) return undefined;
  return { reason: 'camera-unmatched', what: `${label} ${size.width} x ${size.height}` };
}
