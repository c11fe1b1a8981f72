import type { FaceBox } from '../networks/detector.ts';
import { overlap } from '../picture/boxes.ts';

/** A face followed from frame to frame: as long as the number stays, nobody has changed seats. */
export type TrackedFace = FaceBox & { readonly track: number };

type Remembered = { readonly face: TrackedFace; readonly missed: number };
export type Tracks = { readonly remembered: readonly Remembered[]; readonly next: number };

export const NO_TRACKS: Tracks = { remembered: [], next: 1 };

/** Two boxes of frames shortly after each other that share this part of both are one face. */
const SAME = 0.25;
/** A hand before the face, a sneeze: so many frames a face may be gone and still be the one that was there. */
const MAX_MISSED = 2;

/** Gives each face its number: the nearest of the frame before keeps it, a new one gets a new one. */
export function follow({ remembered, next }: Tracks, faces: readonly FaceBox[]): [readonly TrackedFace[], Tracks] {
  let fresh = next;
  const left = new Set(remembered);
  const tracked = faces.map((face): TrackedFace => {
    const [best] = [...left].toSorted((p, q) => overlap(q.face, face) - overlap(p.face, face));
    if (!best || overlap(best.face, face) < SAME) return { ...face, track: fresh++ };
    left.delete(best);
    return { ...face, track: best.face.track };
  });
  const gone = [...left].flatMap(({ face, missed }) => (missed < MAX_MISSED ? [{ face, missed: missed + 1 }] : []));
  return [tracked, { remembered: [...tracked.map((face) => ({ face, missed: 0 })), ...gone], next: fresh }];
}
