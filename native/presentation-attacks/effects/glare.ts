import type { Picture } from '../../face/index.ts';
import { bytesOf, pictureOf } from '../picture.ts';

export type Spot = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Grey values that it adds in its middle. */
  readonly light: number;
};

/** As a lamp is mirrored in glass or glossy paper: bright in the middle, fading. */
export function glared(picture: Picture, { x, y, width, height, light }: Spot): Picture {
  const bytes = bytesOf(picture);
  const inside = (value: number, limit: number): number => Math.min(Math.max(Math.round(value), 0), limit);
  const [left, right] = [inside(x - width, picture.width), inside(x + width, picture.width)];
  const [top, bottom] = [inside(y - height, picture.height), inside(y + height, picture.height)];
  for (let v = top; v < bottom; v++)
    for (let u = left; u < right; u++) {
      const far = ((u - x) / width) ** 2 + ((v - y) / height) ** 2;
      if (far >= 1) continue;
      const more = light * (1 - far) ** 2;
      const at = (v * picture.width + u) * 4;
      for (let channel = 0; channel < 3; channel++) bytes[at + channel] = (bytes[at + channel] as number) + more;
    }
  return pictureOf(picture, bytes);
}
