import type { Picture } from '../../../native/face/picture/pixels.ts';
import type { Edit } from '../edit.ts';

/** A lens out of focus: the mean over so many pixels to each side, across and then down. */
export const blur =
  (radius: number): Edit =>
  (picture) =>
    blurred(picture, radius);

export function blurred({ width, height, pixels }: Picture, radius: number): Picture {
  const across = slid(pixels, { lines: height, length: width, step: 4, stride: width * 4 }, radius);
  return { width, height, pixels: slid(across, { lines: width, length: height, step: width * 4, stride: 4 }, radius) };
}

type Lines = { readonly lines: number; readonly length: number; readonly step: number; readonly stride: number };

/** The mean of a window that slides along each line, its edges repeated. */
function slid(from: Uint8Array, { lines, length, step, stride }: Lines, radius: number): Uint8Array {
  const out = from.slice();
  for (let line = 0; line < lines; line++)
    for (let c = 0; c < 3; c++) {
      const start = line * stride + c;
      const value = (n: number): number => from[start + Math.min(Math.max(n, 0), length - 1) * step] as number;
      let sum = 0;
      for (let n = -radius; n <= radius; n++) sum += value(n);
      for (let n = 0; n < length; n++) {
        out[start + n * step] = sum / (2 * radius + 1);
        sum += value(n + radius + 1) - value(n - radius);
      }
    }
  return out;
}
