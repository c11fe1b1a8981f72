import type { Picture, Region } from '../../../native/face/picture/pixels.ts';
import { type Edit, ramp } from '../edit.ts';
import { placesOn } from '../on-face.ts';

/** A phone that somebody photographed, and what is right around it: fingers, a desk. */
export type CutOut = { readonly picture: Picture; readonly region: Region; readonly phoneLength: number };

/**
 * A phone held below the face, at one side, and following it.
 * @param length of the phone, in pixels; @param side -1 at the picture's left, 1 at its right
 */
export const phone =
  ({ picture: from, region, phoneLength }: CutOut, length: number, side: -1 | 1): Edit =>
  (picture, face) => {
    if (!face) return picture;
    const scale = length / phoneLength;
    const [width, height] = [region.width * scale, region.height * scale];
    const place = placesOn(face).pixelAt({ u: side * 2.4, v: 3.4 });
    // All of it is in the picture.
    const west = Math.round(Math.min(Math.max(place.x - width / 2, 0), picture.width - width));
    const north = Math.round(Math.min(Math.max(place.y - height / 2, 0), picture.height - height));
    const out = picture.pixels.slice();
    for (let v = 0; v < Math.floor(height); v++)
      for (let u = 0; u < Math.floor(width); u++) {
        const cover = 1 - ramp(Math.hypot((2 * u) / width - 1, (2 * v) / height - 1), 0.8, 1);
        if (cover === 0) continue;
        const at = ((north + v) * picture.width + west + u) * 4;
        const colour = colourAt(from, region.x + u / scale, region.y + v / scale);
        for (let c = 0; c < 3; c++) out[at + c] = (out[at + c] as number) * (1 - cover) + (colour[c] as number) * cover;
      }
    return { ...picture, pixels: out };
  };

/** Between the four pixels around a place. */
function colourAt({ width, height, pixels }: Picture, x: number, y: number): readonly number[] {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const at = (u: number, v: number, c: number): number =>
    pixels[(Math.min(v, height - 1) * width + Math.min(u, width - 1)) * 4 + c] as number;
  return [0, 1, 2].map(
    (c) =>
      (at(left, top, c) * (1 - fx) + at(left + 1, top, c) * fx) * (1 - fy) +
      (at(left, top + 1, c) * (1 - fx) + at(left + 1, top + 1, c) * fx) * fy,
  );
}
