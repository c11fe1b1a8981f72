import { randomFrom } from '../../../native/presentation-attacks/index.ts';
import { type Edit, ramp } from '../edit.ts';
import { blurred } from './blur.ts';

/** Spots on the lens, always at the same places: what is behind one is blurred and greyed. */
export function dust(spots: number, largest: number): Edit {
  let cover: Float32Array | undefined;
  return (picture) => {
    cover ??= coverOf(spots, largest, picture.width, picture.height);
    const soft = blurred(picture, 6);
    const out = picture.pixels.slice();
    for (const [place, part] of cover.entries()) {
      if (part === 0) continue;
      for (let at = place * 4; at < place * 4 + 3; at++)
        out[at] = (out[at] as number) * (1 - part) + ((soft.pixels[at] as number) * 0.75 + 28) * part;
    }
    return { ...picture, pixels: out };
  };
}

/** How much of each pixel is covered. */
function coverOf(spots: number, largest: number, width: number, height: number): Float32Array {
  const random = randomFrom(spots);
  const cover = new Float32Array(width * height);
  for (let n = 0; n < spots; n++) {
    const [x, y, radius] = [random() * width, random() * height, largest * (0.35 + 0.65 * random())];
    for (let v = Math.max(0, Math.floor(y - radius)); v < Math.min(height, y + radius); v++)
      for (let u = Math.max(0, Math.floor(x - radius)); u < Math.min(width, x + radius); u++) {
        const part = 1 - ramp(Math.hypot(u - x, v - y) / radius, 0.5, 1);
        cover[v * width + u] = Math.max(cover[v * width + u] as number, part);
      }
  }
  return cover;
}
