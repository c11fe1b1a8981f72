import type { FaceBox } from '../../native/face/networks/detector.ts';
import type { Picture, Point } from '../../native/face/picture/pixels.ts';
import { type Edit, laid, middleOf, type Rgb } from './edit.ts';

/**
 * Places on a face, however large and tilted it is: `u` across, the eyes at -1 and 1; `v` down, the eyes at 0 and the mouth
 * at 1. The chin is then at about 1.8, the hairline at -1.1, and the cheeks end at about 2 to each side.
 */
export type FacePlace = { readonly u: number; readonly v: number };

/** A turned head has eyes close to each other, and is hardly narrower. */
const NARROWEST = 0.4;
/** So far to each side reaches what is drawn. */
const REACH = 5;

type Axes = { readonly origin: Point; readonly across: Point; readonly down: Point };

function axesOf({ landmarks: [left, right, , leftMouth, rightMouth] }: FaceBox): Axes {
  const origin = middleOf(left, right);
  const mouth = middleOf(leftMouth, rightMouth);
  const down = { x: mouth.x - origin.x, y: mouth.y - origin.y };
  const half = { x: (right.x - left.x) / 2, y: (right.y - left.y) / 2 };
  const length = Math.hypot(half.x, half.y) || 1;
  const wanted = Math.max(length, Math.hypot(down.x, down.y) * NARROWEST);
  return { origin, down, across: { x: (half.x / length) * wanted, y: (half.y / length) * wanted } };
}

/** From a pixel of the picture to its place on the face, and back. */
export function placesOn(face: FaceBox) {
  const { origin, across, down } = axesOf(face);
  const area = across.x * down.y - across.y * down.x;
  return {
    placeAt(x: number, y: number): FacePlace {
      const [dx, dy] = [x - origin.x, y - origin.y];
      return { u: (dx * down.y - dy * down.x) / area, v: (across.x * dy - across.y * dx) / area };
    },
    pixelAt: ({ u, v }: FacePlace): Point => ({
      x: origin.x + u * across.x + v * down.x,
      y: origin.y + u * across.y + v * down.y,
    }),
  };
}

/** Goes through the pixels around a face. */
export function aroundFace(
  { width, height }: Picture,
  face: FaceBox,
  visit: (at: number, place: FacePlace, x: number, y: number) => void,
): void {
  const { placeAt, pixelAt } = placesOn(face);
  const corners = [-REACH, REACH].flatMap((u) => [-REACH, REACH].map((v) => pixelAt({ u, v })));
  const within = (values: readonly number[], limit: number): readonly [number, number] => [
    Math.max(0, Math.floor(Math.min(...values))),
    Math.min(limit - 1, Math.ceil(Math.max(...values))),
  ];
  const [west, east] = within(
    corners.map(({ x }) => x),
    width,
  );
  const [north, south] = within(
    corners.map(({ y }) => y),
    height,
  );
  for (let y = north; y <= south; y++)
    for (let x = west; x <= east; x++) visit((y * width + x) * 4, placeAt(x, y), x, y);
}

export type Thing = {
  /** How much of it covers a place, 0 to 1. */
  readonly cover: (place: FacePlace) => number;
  readonly colour: Rgb | ((place: FacePlace) => Rgb);
};

/** Draws something onto the face, which follows it; a picture without one stays as it is. */
export const onFace =
  (thingsOf: (picture: Picture, face: FaceBox) => readonly Thing[]): Edit =>
  (picture, face) => {
    if (!face) return picture;
    const out = new Uint8ClampedArray(picture.pixels);
    const things = thingsOf(picture, face);
    aroundFace(picture, face, (at, place) => {
      for (const { cover, colour } of things) {
        const part = cover(place);
        if (part > 0) laid(out, at, typeof colour === 'function' ? colour(place) : colour, part);
      }
    });
    return { ...picture, pixels: new Uint8Array(out.buffer) };
  };

/** The mean colour of the skin below the eyes. */
export function skinOf({ width, height, pixels }: Picture, face: FaceBox): Rgb {
  const { pixelAt } = placesOn(face);
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (const u of [-0.8, -0.6, 0.6, 0.8])
    for (const v of [0.45, 0.55, 0.65]) {
      const { x, y } = pixelAt({ u, v });
      const [column, row] = [Math.round(x), Math.round(y)];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = (row * width + column) * 4;
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (pixels[at + c] as number);
      count += 1;
    }
  const [red, green, blue] = sum.map((total) => total / Math.max(count, 1));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

export const darker = ([red, green, blue]: Rgb, by: number): Rgb => [red * by, green * by, blue * by];
