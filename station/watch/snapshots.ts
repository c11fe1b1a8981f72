import type { SittingId } from '../../contract/words/ids.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import type { Observation, Picture } from '../../native/face/index.ts';
import { around } from './around.ts';
import type { Camera, Counted } from './camera/index.ts';

/** One face of a look, cut out of its frame. */
export type Snapshot = Counted & {
  /** What could be better about it. */
  readonly notes: readonly Reason[];
  readonly picture: Picture;
};

/**
 * What the newest look at somebody showed, for a proctor who holds it against the registered photo: a few faces in memory,
 * never on a disk, and gone with the sitting or the next look.
 */
export type Snapshots = {
  /** Another look begins. */
  begin(sitting: SittingId): void;
  /** @param picture the frame that was looked at; what is worth showing of it is copied */
  take(counted: Counted, seen: Observation, picture: Picture): void;
  of(sitting: SittingId): readonly Snapshot[];
  forget(): void;
};

/** As many faces at rest: the newest. */
const MOST_AT_REST = 3;

export function openSnapshots(): Snapshots {
  let whose: SittingId | undefined;
  let gestures: readonly Snapshot[] = [];
  let rest: readonly Snapshot[] = [];
  /** Whether those at rest could be compared: one that could takes the place of one that could not. */
  let compared = false;

  const clear = (sitting?: SittingId): void => {
    [whose, gestures, rest, compared] = [sitting, [], [], false];
  };
  const keepAtRest = (snapshot: Snapshot, comparable: boolean): void => {
    if (compared && !comparable) return;
    rest = comparable && compared ? [...rest, snapshot].slice(-MOST_AT_REST) : [snapshot];
    compared = comparable;
  };
  return {
    begin: clear,
    take({ of, failed }, seen, picture) {
      const [face] = seen.faces;
      const comparable = seen.person !== undefined;
      if (!face || whose === undefined || (of === 'rest' && compared && !comparable)) return;
      const snapshot = { of, failed, notes: notesOn(seen), picture: around(picture, face) };
      if (of === 'rest') keepAtRest(snapshot, comparable);
      else gestures = [...gestures, snapshot];
    },
    of: (sitting) => (sitting === whose ? [...rest, ...gestures] : []),
    forget: () => clear(),
  };
}

/** Takes of the frame that was just looked at, while the camera still has it. */
export const snapFrom =
  ({ camera, snapshots }: { readonly camera: Pick<Camera, 'newest'>; readonly snapshots: Snapshots }) =>
  (counted: Counted, seen: Observation): void => {
    if (camera.newest) snapshots.take(counted, seen, camera.newest.picture);
  };

/** Of whoever only sits there. */
export const AT_REST: Counted = { of: 'rest', failed: false };

const notesOn = ({ quality, reason }: Observation): readonly Reason[] => [
  ...new Set([...(reason ? [reason] : []), ...quality.flatMap(({ advice }) => advice ?? [])]),
];
