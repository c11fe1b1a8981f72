import { type Edit, ramp } from '../edit.ts';
import { darker, type FacePlace, onFace, skinOf } from '../on-face.ts';

/** Where a hand lies, as an ellipse: its middle, its halves, and how far it is turned. */
type Palm = FacePlace & { readonly across: number; readonly down: number; readonly turned: number };

/** A hand before the face: a palm of the colour of the skin and the gaps between four fingers. */
const hand = (palm: Palm): Edit =>
  onFace((picture, face) => {
    const skin = skinOf(picture, face);
    return [
      {
        colour: (place) => {
          const { p, q } = onPalm(place, palm);
          // Fingers on the upper half, a shadow between each two of them.
          const gap = q < 0 && Math.abs(((p * 2 + 8) % 1) - 0.5) > 0.42;
          return darker(skin, gap ? 0.6 : 0.98 - 0.15 * Math.abs(p));
        },
        cover: (place) => {
          const { p, q } = onPalm(place, palm);
          return 1 - ramp(Math.hypot(p, q), 0.92, 1.03);
        },
      },
    ];
  });

function onPalm({ u, v }: FacePlace, { u: x, v: y, across, down, turned }: Palm): { p: number; q: number } {
  const [cos, sin] = [Math.cos(turned), Math.sin(turned)];
  const [du, dv] = [u - x, v - y];
  return { p: (du * cos + dv * sin) / across, q: (dv * cos - du * sin) / down };
}

/** The chin rests on it. */
export const handAtChin: Edit = hand({ u: 0.5, v: 1.9, across: 1.1, down: 0.75, turned: 0.3 });
/** The cheek rests on it, up to beside the eye. */
export const handAtCheek: Edit = hand({ u: 1.75, v: 0.9, across: 0.75, down: 1.4, turned: -0.2 });
/** Over mouth and nose, as for a sneeze. */
export const handOverMouth: Edit = hand({ u: 0, v: 0.95, across: 1.5, down: 0.85, turned: 0.1 });
/** Over the eyes, rubbing them. */
export const handOverEyes: Edit = hand({ u: 0, v: 0, across: 2.1, down: 0.75, turned: 0 });
