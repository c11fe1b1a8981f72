import type { Picture } from '../../face/index.ts';
import { pictureOf, type Sheet, wordsOf } from '../picture.ts';

/** Where a face lies in a picture. */
export type Head = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The eye on the left of the picture, the other one, the tip of the nose, both corners of the mouth. */
  readonly landmarks: readonly { readonly x: number; readonly y: number }[];
};

type Oval = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
const isIn = ({ x, y, width, height }: Oval, u: number, v: number): boolean =>
  ((u - x) / width) ** 2 + ((v - y) / height) ** 2 < 1;

/** Half of what is cut around a head with its hair, and around a face alone, in widths and heights of the face. */
const [HEAD, FACE] = [
  { width: 0.78, height: 0.82, lower: -0.06 },
  { width: 0.52, height: 0.58, lower: 0 },
] as const;
/** Half of an opening for an eye, in distances of the eyes. */
const OPENING = { width: 0.27, height: 0.15 } as const;

/** Only the head, cut out with scissors. */
export const headCutOut = (picture: Picture, head: Head): Sheet => cutOut(picture, ovalOf(head, HEAD));
/** Only the face, as it is worn before another one. */
export const faceCutOut = (picture: Picture, head: Head): Sheet => cutOut(picture, ovalOf(head, FACE));

const ovalOf = (head: Head, part: typeof HEAD | typeof FACE): Oval => ({
  x: head.x + head.width / 2,
  y: head.y + head.height * (0.5 + part.lower),
  width: head.width * part.width,
  height: head.height * part.height,
});

function cutOut(picture: Picture, oval: Oval): Sheet {
  const words = wordsOf(picture);
  for (let v = 0, at = 0; v < picture.height; v++)
    for (let u = 0; u < picture.width; u++, at++) if (!isIn(oval, u, v)) words[at] = 0;
  return pictureOf(picture, words);
}

/** Only the piece in which a head is, and where its middle was, from that of the picture. */
export function pieceAround(sheet: Sheet, head: Head) {
  const { x, y, width, height } = ovalOf(head, HEAD);
  const [left, top] = [Math.max(Math.floor(x - width), 0), Math.max(Math.floor(y - height), 0)];
  const [right, bottom] = [Math.min(Math.ceil(x + width), sheet.width), Math.min(Math.ceil(y + height), sheet.height)];
  const from = wordsOf(sheet);
  const rows = Array.from({ length: bottom - top }, (_, row) => (top + row) * sheet.width);
  const words = new Uint32Array((right - left) * rows.length);
  for (const [row, at] of rows.entries()) words.set(from.subarray(at + left, at + right), row * (right - left));
  return {
    sheet: pictureOf({ width: right - left, height: rows.length }, words),
    x: (left + right - sheet.width) / 2,
    y: (top + bottom - sheet.height) / 2,
  };
}

/** The same with openings where its eyes were: whoever is behind it looks through. */
export function eyesCut(sheet: Sheet, head: Head): Sheet {
  const words = wordsOf(sheet);
  for (const eye of openingsOf(head))
    for (let v = Math.floor(eye.y - eye.height); v <= eye.y + eye.height; v++)
      for (let u = Math.floor(eye.x - eye.width); u <= eye.x + eye.width; u++)
        if (isIn(eye, u, v)) words[v * sheet.width + u] = 0;
  return pictureOf(sheet, words);
}

/** Where both openings are. */
export function openingsOf({ landmarks: [left, right] }: Head): readonly Oval[] {
  if (!left || !right) return [];
  const apart = Math.hypot(right.x - left.x, right.y - left.y);
  return [left, right].map(({ x, y }) => ({ x, y, width: apart * OPENING.width, height: apart * OPENING.height }));
}
