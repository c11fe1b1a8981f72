import { LIGHT_OF, type Light } from '../judge/light-steps.ts';
import type { Mesh } from '../networks/mesh.ts';
import type { Picture, Point } from '../picture/pixels.ts';

/** How much light the skin of a face gives back, and what is around the head: means over a few hundred pixels. */
export type SkinLight = {
  readonly skin: Light;
  readonly around: Light;
  /** Part of what was looked at that is burnt out or black, of the skin or around it, whichever is more: it follows nothing. */
  readonly lost: number;
};

/** Mesh points on forehead, cheeks and nose: where skin is bare, and turned to the screen. */
const SKIN = [151, 9, 108, 337, 69, 299, 205, 425, 50, 280, 36, 266, 101, 330, 118, 347, 195];
/** Mesh points at the sides of the face, its top and its chin. */
const [RIGHT, LEFT, TOP, CHIN] = [234, 454, 10, 152];
/** Channels at or beyond these hold nothing any more. */
const [BLACK, BURNT] = [2, 250];
/** Fewer pixels around a head that fills the picture say nothing. */
const [LEAST_AROUND, LEAST_SKIN] = [60, 40];
const MOST_LOST = 0.9;

/** Pixels of a picture, by their number row by row. */
export type Spots = { readonly skin: readonly number[]; readonly around: readonly number[] };

/** Where skin is, and what is beside and above the head: not below, where a body is nearly as near to the screen. */
export function spotsOf({ width, height }: Picture, { points }: Mesh): Spots {
  const at = (index: number): Point => points[index] as Point;
  const [across, down] = [at(LEFT).x - at(RIGHT).x, at(CHIN).y - at(TOP).y];
  const inside = ({ x, y }: Point): readonly number[] => {
    const [u, v] = [Math.round(x), Math.round(y)];
    return u < 0 || v < 0 || u >= width || v >= height ? [] : [v * width + u];
  };
  const radius = Math.max(1, Math.round(across / 40));
  const patch = range(-radius, radius).flatMap((v) => range(-radius, radius).map((u) => [u, v] as const));
  const middle = (at(LEFT).x + at(RIGHT).x) / 2;
  return {
    skin: SKIN.flatMap((index) => patch.flatMap(([u, v]) => inside({ x: at(index).x + u, y: at(index).y + v }))),
    around: [-1, 1].flatMap((side) =>
      AWAY.flatMap((u) => BESIDE.flatMap((v) => inside({ x: middle + side * across * u, y: at(TOP).y + down * v }))),
    ),
  };
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
/** From the middle of a face, in its widths: beside hair and ears. */
const AWAY = range(0, 9).map((n) => 0.9 + 0.07 * n);
/** From the top of a face, in its heights: from above it to its mouth. */
const BESIDE = range(0, 15).map((n) => 0.08 * n - 0.5);

/** @returns nothing where too little of the face, or of what is around it, is in the picture */
export function skinLight(picture: Picture, mesh: Mesh): SkinLight | undefined {
  const spots = spotsOf(picture, mesh);
  if (spots.skin.length < LEAST_SKIN || spots.around.length < LEAST_AROUND) return undefined;
  const [skin, around] = [meanOf(picture, spots.skin), meanOf(picture, spots.around)];
  const lost = Math.max(skin.lost, around.lost);
  return lost > MOST_LOST ? undefined : { skin: skin.light, around: around.light, lost };
}

/** Of what holds anything. */
function meanOf({ pixels }: Picture, spots: readonly number[]): { readonly light: Light; readonly lost: number } {
  let [red, green, blue, kept] = [0, 0, 0, 0];
  for (const spot of spots) {
    const [r, g, b] = [pixels[4 * spot] as number, pixels[4 * spot + 1] as number, pixels[4 * spot + 2] as number];
    const most = Math.max(r, g, b);
    if (most >= BURNT || most <= BLACK) continue;
    kept += 1;
    red += LIGHT_OF[r] as number;
    green += LIGHT_OF[g] as number;
    blue += LIGHT_OF[b] as number;
  }
  return { light: [red / kept, green / kept, blue / kept], lost: 1 - kept / spots.length };
}
