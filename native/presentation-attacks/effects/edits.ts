import sharp from 'sharp';
import type { Picture } from '../../face/index.ts';
import { randomFrom } from '../random.ts';

/** What somebody may do to each picture of a recording, another time each time, so that no two are alike byte by byte. */
export const EDITS = {
  none: (picture) => picture,
  'one bit': ({ pixels, ...size }, turn) => {
    const changed = pixels.slice();
    const at = (turn * 7_919 * 4) % changed.length;
    changed[at] = (changed[at] as number) ^ 1;
    return { ...size, pixels: changed };
  },
  light: ({ pixels, ...size }, turn) => ({ ...size, pixels: brighter(pixels, ((turn * 37) % 13) - 6) }),
  'shift by a pixel': (picture, turn) => shifted(picture, (turn % 3) - 1, (Math.floor(turn / 3) % 3) - 1),
  recompressed: (picture, turn) => recompressed(picture, 60 + ((turn * 11) % 35)),
  noise: ({ pixels, ...size }, turn) => ({ ...size, pixels: noisy(pixels, turn) }),
  'all of these': async (picture, turn) => {
    const moved = shifted(picture, (turn % 3) - 1, (Math.floor(turn / 3) % 3) - 1);
    const lit = { ...moved, pixels: brighter(moved.pixels, ((turn * 37) % 13) - 6) };
    return recompressed(lit, 60 + ((turn * 11) % 35));
  },
} as const satisfies Readonly<Record<string, (picture: Picture, turn: number) => Picture | Promise<Picture>>>;
export type Edit = keyof typeof EDITS;

const brighter = (pixels: Uint8Array, by: number): Uint8Array =>
  pixels.map((value) => Math.min(Math.max(value + by, 0), 255));

/** Noise, another each time. @param deviation its standard deviation, in grey values */
export function noisy(pixels: Uint8Array, turn: number, deviation = 4): Uint8Array {
  const random = randomFrom(turn);
  const widest = deviation * 2.5;
  return pixels.map((value) => Math.min(Math.max(value + (random() + random() - 1) * widest, 0), 255));
}

export function shifted({ width, height, pixels }: Picture, across: number, down: number): Picture {
  const words = new Uint32Array(pixels.slice().buffer);
  const inside = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  const moved = words.map((_, at) => {
    const [u, v] = [inside((at % width) + across, width), inside(Math.floor(at / width) + down, height)];
    return words[v * width + u] as number;
  });
  return { width, height, pixels: new Uint8Array(moved.buffer) };
}

async function recompressed({ width, height, pixels }: Picture, quality: number): Promise<Picture> {
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .jpeg({ quality })
    .toBuffer();
  const again = await sharp(jpeg).ensureAlpha().raw().toBuffer();
  return { width, height, pixels: new Uint8Array(again) };
}
