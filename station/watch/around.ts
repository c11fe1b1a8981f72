import type { Picture } from '../../native/face/index.ts';

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** So much of the picture around a face, as a part of its longer side: hair, shoulders, and whatever is held before them. */
const MARGIN = 0.45;

/** The part of a picture around a face, as far as the picture goes: a copy, a few hundred kilobytes, without another pixel. */
export function around({ width, height, pixels }: Picture, face: Box): Picture {
  const margin = MARGIN * Math.max(face.width, face.height);
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  const [left, right] = [within(face.x - margin, width - 1), within(face.x + face.width + margin, width)];
  const [top, bottom] = [within(face.y - margin, height - 1), within(face.y + face.height + margin, height)];
  const cut = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
  const copy = new Uint8Array(4 * cut.width * cut.height);
  for (let row = 0; row < cut.height; row++) {
    const from = 4 * ((top + row) * width + left);
    copy.set(pixels.subarray(from, from + 4 * cut.width), 4 * row * cut.width);
  }
  return { ...cut, pixels: copy };
}
