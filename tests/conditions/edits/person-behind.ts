import type { FaceBox } from '../../../native/face/networks/detector.ts';
import type { Picture } from '../../../native/face/picture/pixels.ts';
import { type Edit, ramp } from '../edit.ts';
import { blurred } from './blur.ts';

/** Somebody of another film, and where their face is in it. */
export type Somebody = { readonly picture: Picture; readonly face: FaceBox };

/**
 * A second person behind, over the shoulder, a little out of focus.
 * @param ratio the width of their face over that of the one who sits there
 */
export const personBehind =
  ({ picture: from, face: other }: Somebody, ratio: number, softness: number): Edit =>
  (picture, face) => {
    if (!face) return picture;
    const source = softness > 0 ? blurred(from, softness) : from;
    const scale = (face.width * ratio) / other.width;
    // On the side where there is more room.
    const side = face.x + face.width / 2 < picture.width / 2 ? 1 : -1;
    const centre = { x: face.x + face.width / 2 + side * face.width * (0.75 + ratio), y: face.y + face.height * 0.35 };
    const reach = { x: other.width * scale * 1.1, y: other.height * scale * 1.05 };
    const out = picture.pixels.slice();
    for (let y = Math.max(0, Math.floor(centre.y - reach.y)); y < Math.min(picture.height, centre.y + reach.y); y++)
      for (let x = Math.max(0, Math.floor(centre.x - reach.x)); x < Math.min(picture.width, centre.x + reach.x); x++) {
        const [u, v] = [(x - centre.x) / scale, (y - centre.y) / scale];
        const cover = 1 - ramp(Math.hypot(u / other.width, v / other.height) / 1.05, 0.6, 1);
        const column = Math.round(other.x + other.width / 2 + u);
        const row = Math.round(other.y + other.height / 2 + v);
        if (cover === 0 || column < 0 || row < 0 || column >= from.width || row >= from.height) continue;
        const [at, there] = [(y * picture.width + x) * 4, (row * from.width + column) * 4];
        for (let c = 0; c < 3; c++)
          out[at + c] = (out[at + c] as number) * (1 - cover) + (source.pixels[there + c] as number) * cover;
      }
    return { ...picture, pixels: out };
  };
