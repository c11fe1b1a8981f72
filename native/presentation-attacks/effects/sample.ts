import type { Sheet } from '../picture.ts';

/** Red and blue of one pixel: both are added at once, as nothing of one reaches the other. */
const RED_BLUE = 0x00ff00ff;
const OPAQUE = 255;

/**
 * A place of a sheet, bilinear, over what is behind it.
 * @param light how much of it is left, up to 1
 */
export function sampledOver(
  behind: number,
  from: Uint32Array,
  { width, height }: Sheet,
  x: number,
  y: number,
  light: number,
): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return behind;
  const at = top * width + left;
  const p = from[at] as number;
  const q = from[at + 1] as number;
  const r = from[at + width] as number;
  const s = from[at + width + 1] as number;
  const there = (p >>> 24) + (q >>> 24) + (r >>> 24) + (s >>> 24);
  if (there === 0) return behind;
  const full = 256 * light;
  const across = x - left;
  const down = y - top;
  const w11 = (full * across * down) | 0;
  const w01 = (full * across * (1 - down)) | 0;
  const w10 = (full * (1 - across) * down) | 0;
  const w00 = (full | 0) - w01 - w10 - w11;
  const redBlue =
    Math.imul(p & RED_BLUE, w00) +
    Math.imul(q & RED_BLUE, w01) +
    Math.imul(r & RED_BLUE, w10) +
    Math.imul(s & RED_BLUE, w11);
  const green = ((p >>> 8) & 255) * w00 + ((q >>> 8) & 255) * w01 + ((r >>> 8) & 255) * w10 + ((s >>> 8) & 255) * w11;
  const word = (0xff000000 | ((redBlue >>> 8) & RED_BLUE) | (green & 0xff00)) >>> 0;
  if (there === 4 * OPAQUE) return word;
  const alpha = (w00 * (p >>> 24) + w01 * (q >>> 24) + w10 * (r >>> 24) + w11 * (s >>> 24)) / (full * OPAQUE);
  return blended(word, behind, alpha);
}

/** What is not there has no colour either: all of what is there is shown, and the rest of what is behind it. */
function blended(word: number, behind: number, alpha: number): number {
  const channel = (shift: number): number => {
    const value = ((word >>> shift) & 255) + (1 - alpha) * ((behind >>> shift) & 255);
    return Math.min(value, 255) << shift;
  };
  return (0xff000000 | channel(16) | channel(8) | channel(0)) >>> 0;
}
