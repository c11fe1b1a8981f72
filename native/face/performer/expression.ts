import type { Mesh } from '../networks/mesh.ts';
import type { Picture, Point } from '../picture/pixels.ts';
import { copyColour } from './surface.ts';

/** How far the lids of both eyes are closed, and the mouth opened, each 0..1. */
export type Expression = { readonly closed: number; readonly open: number };

/** From corner to corner of a part of the face, and its edges between them, by numbers of the mesh. */
type Part = {
  readonly from: number;
  readonly to: number;
  readonly upper: readonly number[];
  readonly lower: readonly number[];
};

const EYES: readonly Part[] = [
  { from: 33, to: 133, upper: [246, 161, 160, 159, 158, 157, 173], lower: [7, 163, 144, 145, 153, 154, 155] },
  { from: 362, to: 263, upper: [398, 384, 385, 386, 387, 388, 466], lower: [382, 381, 380, 374, 373, 390, 249] },
];
const LIPS: Part = { from: 78, to: 308, upper: [82, 13, 312], lower: [88, 178, 87, 14, 317, 402, 318] };
const CHIN = 152;
/** In widths of the eye: how far above it the skin is that comes down with the lid, and how far lids reach beyond the corners. */
const [BROW, CORNER] = [0.6, 0.08];
/** In widths of the eye: how far lids lie beyond where the network has them, and how thick the lashes are. */
const [OVER, LASHES] = [0.12, 0.07];
/** In widths of the mouth: how far it opens, and how far beside it the jaw goes along. */
const [OPENS, JAW] = [1, 0.7];
/** Below the chin, in widths of the mouth, until nothing moves any more. */
const NECK = 1.2;
const DARK = [38, 16, 18];

/** The same face with its eyes more closed and its mouth more open. */
export function expressed(picture: Picture, mesh: Mesh, { closed, open }: Expression): Picture {
  const opened = open > 0 ? withMouth(picture, mesh, open) : picture;
  return closed > 0 ? EYES.reduce((face, eye) => withLid(face, mesh, eye, closed), opened) : opened;
}

/** Each pixel near the eye takes its colour from higher up: the skin above the lid is drawn down over the eye. */
function withLid(picture: Picture, mesh: Mesh, eye: Part, closed: number): Picture {
  const frame = frameOf(mesh, eye);
  return redrawn(picture, frame, { left: -CORNER, right: 1 + CORNER, top: -1, bottom: 1 }, (u, v) => {
    const [upper, lower] = [frame.upper(u), frame.lower(u)];
    const top = upper - BROW;
    const lid = upper + (lower - upper + OVER) * closed;
    if (v < top || v > lid) return undefined;
    if (v > lid - LASHES && u > 0 && u < 1) return 'dark';
    return top + ((v - top) * (upper - OVER - top)) / (lid - top);
  });
}

/** The lower lip, the chin and what is below them go down, most in the middle; between the lips it is dark. */
function withMouth(picture: Picture, mesh: Mesh, open: number): Picture {
  const frame = frameOf(mesh, LIPS);
  const chin = frame.within(mesh.points[CHIN] as Point).v;
  const down = open * OPENS;
  const area = { left: -JAW, right: 1 + JAW, top: -1, bottom: chin + NECK + down };
  return redrawn(picture, frame, area, (u, v) => {
    const lip = (frame.upper(u) + frame.lower(u)) / 2;
    if (v < lip) return undefined;
    const inside = u > 0 && u < 1 ? Math.sqrt(4 * u * (1 - u)) : 0;
    if (v < lip + down * inside) return 'dark';
    const jaw = Math.cos((Math.PI * (u - 0.5)) / (1 + 2 * JAW)) ** 2;
    const moved = (from: number): number => {
      const along = Math.min(Math.max((from - lip) / (chin - lip), 0), 1);
      const fades = 1 - Math.min(Math.max((from - chin) / NECK, 0), 1);
      return down * (inside + (jaw - inside) * along) * fades;
    };
    let from = v;
    for (let i = 0; i < 6; i++) from = v - moved(from);
    return Math.max(from, lip);
  });
}

/** The plane of a part: `u` runs from corner to corner, 0 to 1, `v` down from them in the same unit. */
type Frame = {
  readonly within: (point: Point) => { readonly u: number; readonly v: number };
  readonly without: (u: number, v: number) => Point;
  readonly upper: (u: number) => number;
  readonly lower: (u: number) => number;
};

function frameOf({ points }: Mesh, { from, to, upper, lower }: Part): Frame {
  const [start, end] = [points[from] as Point, points[to] as Point];
  const [across, down] = [end.x - start.x, end.y - start.y];
  const square = across * across + down * down;
  const within = ({ x, y }: Point) => ({
    u: ((x - start.x) * across + (y - start.y) * down) / square,
    v: ((y - start.y) * across - (x - start.x) * down) / square,
  });
  const edge = (indices: readonly number[]) => {
    const line = [from, ...indices, to].map((index) => within(points[index] as Point)).toSorted((p, q) => p.u - q.u);
    return (u: number): number => {
      const next = line.findIndex((point) => point.u > u);
      if (next <= 0) return (next < 0 ? line.at(-1) : line[0])?.v ?? 0;
      const [a, b] = [line[next - 1] as { u: number; v: number }, line[next] as { u: number; v: number }];
      return a.v + ((b.v - a.v) * (u - a.u)) / (b.u - a.u);
    };
  };
  const without = (u: number, v: number): Point => ({
    x: start.x + u * across - v * down,
    y: start.y + u * down + v * across,
  });
  return { within, without, upper: edge(upper), lower: edge(lower) };
}

type Area = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** @param from where the colour of a place comes from along `v`; nothing where it stays as it is */
function redrawn(
  picture: Picture,
  frame: Frame,
  { left, right, top, bottom }: Area,
  from: (u: number, v: number) => number | 'dark' | undefined,
): Picture {
  const pixels = picture.pixels.slice();
  const corners = [left, right].flatMap((u) => [top, bottom].map((v) => frame.without(u, v)));
  const bound = (of: (point: Point) => number, limit: number) =>
    [
      Math.max(0, Math.floor(Math.min(...corners.map(of)))),
      Math.min(limit, Math.ceil(Math.max(...corners.map(of)))),
    ] as const;
  const [west, east] = bound(({ x }) => x, picture.width);
  const [north, south] = bound(({ y }) => y, picture.height);
  for (let y = north; y < south; y++) {
    for (let x = west; x < east; x++) {
      const { u, v } = frame.within({ x, y });
      if (u < left || u > right || v < top || v > bottom) continue;
      const source = from(u, v);
      const at = (y * picture.width + x) * 4;
      if (source === 'dark') pixels.set(DARK, at);
      else if (source !== undefined) {
        const point = frame.without(u, source);
        copyColour(picture, point.x, point.y, pixels, at);
      }
    }
  }
  return { ...picture, pixels };
}
