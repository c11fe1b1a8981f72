import type { FaceBox } from '../networks/detector.ts';
import type { Picture } from '../picture/pixels.ts';
import type { Place } from './head.ts';
import { drawSurface, type Vertex } from './surface.ts';

/** How a print is held, and bent round an upright cylinder, its radius in widths of the face. */
export type Held = Place & { readonly radius: number };

const STEP = 3;
/** How much of the picture around the face is printed, in widths and heights of the face. */
const [WIDE, TALL] = [1, 1];
const DISTANCE = 4;

/** The print of a face, cut out of `picture`, held before `ground`; where the face was in the picture. */
export function sheetOf(picture: Picture, face: FaceBox, ground: Picture, { yaw, nearer, radius }: Held): Picture {
  const [centreX, centreY] = [face.x + face.width / 2, face.y + face.height / 2];
  const far = DISTANCE * face.width;
  const round = radius * face.width;
  const turn = (yaw * Math.PI) / 180;
  const columns = Math.ceil((2 * WIDE * face.width) / STEP) + 1;
  const rows = Math.ceil((2 * TALL * face.height) / STEP) + 1;
  const vertices = Array.from({ length: columns * rows }, (_, i): Vertex => {
    const [u, v] = [(i % columns) * STEP - WIDE * face.width, Math.floor(i / columns) * STEP - TALL * face.height];
    // Paper keeps its lengths: what lies `u` beside the middle lies so far along the cylinder.
    const flat = !Number.isFinite(round);
    const [across, deep] = flat ? [u, 0] : [round * Math.sin(u / round), round * (1 - Math.cos(u / round))];
    const z = deep * Math.cos(turn) + across * Math.sin(turn);
    const scale = far / (far / nearer + z);
    const x = (across * Math.cos(turn) - deep * Math.sin(turn)) * scale;
    return { u: centreX + u, v: centreY + v, x: centreX + x, y: centreY + v * scale, z };
  });
  return drawSurface(ground, picture, { columns, vertices });
}
