import type { Watched } from '../../contract/words/exam.ts';
import { isNamed, type MachineCamera } from '../../native/camera/index.ts';
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
  const device = doubtDevice(devices.camera.label ?? '', machine?.cameras);
  return [...(camera.looped ? [{ reason: 'feed-looped' } as const] : []), ...(device ? [device] : [])];
}

/**
 * Holds what a page calls its camera against the cameras that the machine has.
 * @param cameras nothing where the machine does not say
 */
export function doubtDevice(label: string, cameras: readonly MachineCamera[] | undefined): Doubt | undefined {
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
  return meant.length > 0 ? undefined : { reason: 'camera-unmatched', what: label || '—' };
}
