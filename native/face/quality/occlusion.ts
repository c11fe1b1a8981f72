import type { Mesh } from '../networks/mesh.ts';
import type { Picture, Point } from '../picture/pixels.ts';

/** Mesh points on the forehead and between the eyes. A mask leaves both free; a cap covers one of them, glasses the other. */
const BARE = [
  [9, 8, 151, 108, 337],
  [168, 6, 193, 417, 122, 351],
] as const;
/** Mesh points on cheeks, upper lip and chin, none on the lips. */
const LOWER = [
  164, 18, 200, 199, 57, 287, 212, 432, 202, 422, 204, 424, 206, 426, 194, 418, 182, 406, 83, 313, 36, 266, 205, 425,
];
/** Around the eyes, between the lids' edges and the brows and cheeks: dark glasses cover them, clear ones let them be seen. */
const AROUND_EYES = [23, 24, 27, 29, 229, 230, 253, 254, 257, 259, 449, 450];
/** How much another colour may differ, as part of what makes the bare skin coloured at all. */
const SAME_SKIN = 0.8;
/** Skin that is lit better than the bare skin, as below the brim of a cap, is up to so many times as coloured, in the same hue. */
const MORE_COLOURED = 2;
/** What a camera without colour still shows of it. */
const NO_COLOUR = 0.06;
/** Darker or brighter than this many times the bare skin is no skin: a black scarf, a white mask. */
const [DARK, BRIGHT] = [0.25, 2];

type Colour = { readonly light: number; readonly blue: number; readonly red: number };

/**
 * Which part of the lower face, or of what is around the eyes, has the colour of the skin on the forehead or between the
 * eyes: OFIQ's FaceOcclusionPrevention by simpler means, as there is no segmentation network in the pack. Finds masks,
 * scarves and dark glasses, not hands, which are skin too.
 */
export function bareSkin(picture: Picture, { points }: Mesh): number {
  const radius = Math.max(1, Math.round(Math.hypot(span(points, 33, 263).x, span(points, 33, 263).y) / 40));
  const colours = (indices: readonly number[]): Colour[] =>
    indices.flatMap((index) => colourAt(picture, points[index] as Point, radius) ?? []);
  const parts = [colours(LOWER), colours(AROUND_EYES)];
  return Math.max(...BARE.map((bare) => partAlike(colours(bare), parts)));
}

/** Of the part that has the least of it. */
function partAlike(bare: readonly Colour[], parts: readonly (readonly Colour[])[]): number {
  if (bare.length === 0 || parts.some((part) => part.length === 0)) return 0;
  const skin = { light: middle(bare, 'light'), blue: middle(bare, 'blue'), red: middle(bare, 'red') };
  const strength = Math.max(Math.hypot(skin.blue, skin.red), NO_COLOUR);
  const isAlike = ({ light, blue, red }: Colour): boolean => {
    const brightness = light / skin.light;
    const alongSkin = (blue * skin.blue + red * skin.red) / strength ** 2;
    const times = brightness > 1 ? Math.min(Math.max(alongSkin, 1), MORE_COLOURED) : 1;
    const difference = Math.hypot(blue - times * skin.blue, red - times * skin.red) / strength;
    return difference < SAME_SKIN && brightness > DARK && brightness < BRIGHT;
  };
  return Math.min(...parts.map((part) => part.filter(isAlike).length / part.length));
}

const span = (points: readonly Point[], from: number, to: number): Point => {
  const [p, q] = [points[from] as Point, points[to] as Point];
  return { x: q.x - p.x, y: q.y - p.y };
};

/** Mean luminance around a point, and how blue and red it is for that luminance; nothing outside the picture. */
function colourAt({ width, height, pixels }: Picture, point: Point, radius: number): Colour | undefined {
  const [x, y] = [Math.round(point.x), Math.round(point.y)];
  if (x < radius || y < radius || x >= width - radius || y >= height - radius) return undefined;
  const sum = [0, 0, 0];
  for (let v = y - radius; v <= y + radius; v++) {
    for (let u = x - radius; u <= x + radius; u++)
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (pixels[(v * width + u) * 4 + c] as number);
  }
  const [red, green, blue] = sum.map((total) => total / (2 * radius + 1) ** 2) as [number, number, number];
  const light = 0.299 * red + 0.587 * green + 0.114 * blue + 1;
  return { light, blue: (blue - light) / light, red: (red - light) / light };
}

function middle(colours: readonly Colour[], key: keyof Colour): number {
  const sorted = colours.map((colour) => colour[key]).toSorted((p, q) => p - q);
  return sorted[sorted.length >> 1] as number;
}
