import type { FaceBox } from '../../native/face/networks/detector.ts';
import type { Picture, Point } from '../../native/face/picture/pixels.ts';

/**
 * What a room, a lens or a thing does to a picture: a simulation of it, drawn over a film that was really taken.
 * @param face where the face is in the picture as it was taken; nothing where nobody is
 * @param turn of the look, for what is new each time
 */
export type Edit = (picture: Picture, face: FaceBox | undefined, turn: number) => Picture;
export type Rgb = readonly [red: number, green: number, blue: number];

/** Each value becomes another, whatever is around it. */
export function mapped({ width, height, pixels }: Picture, become: (value: number) => number): Picture {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => become(value));
  const out = pixels.slice();
  for (let at = 0; at < out.length; at++) if (at % 4 !== 3) out[at] = table[out[at] as number] as number;
  return { width, height, pixels: out };
}

/** Each pixel becomes another, knowing where it is. @param become reads and writes red, green and blue at `at` */
export function repainted(
  { width, height, pixels }: Picture,
  become: (out: Uint8ClampedArray, at: number, x: number, y: number) => void,
): Picture {
  const out = new Uint8ClampedArray(pixels);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += 4) become(out, at, x, y);
  return { width, height, pixels: new Uint8Array(out.buffer) };
}

/** Lays a colour over a pixel. @param cover from 0, nothing of it, to 1, nothing else */
export function laid(out: Uint8ClampedArray, at: number, colour: Rgb, cover: number): void {
  for (let c = 0; c < 3; c++) out[at + c] = (out[at + c] as number) * (1 - cover) + (colour[c] as number) * cover;
}

/** 0 below `from`, 1 above `to`, and a straight line between: edges of things are not sharp. */
export const ramp = (value: number, from: number, to: number): number =>
  Math.min(Math.max((value - from) / (to - from), 0), 1);

/** One edit after the other. */
export const together =
  (...edits: readonly Edit[]): Edit =>
  (picture, face, turn) =>
    edits.reduce((current, edit) => edit(current, face, turn), picture);

export const middleOf = (p: Point, q: Point): Point => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 });
