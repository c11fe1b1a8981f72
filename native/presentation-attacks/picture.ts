import type { Picture } from '../face/index.ts';

/** What a camera gives here. */
export const [WIDTH, HEIGHT] = [640, 480];
/** Pictures in a second. */
export const RATE = 15;

/** A picture on something that has edges: where its alpha is 0 there is nothing of it. */
export type Sheet = Picture;

/** One number a pixel, `A B G R` from the top, copied: nobody else's picture is changed. */
export const wordsOf = ({ pixels }: Picture): Uint32Array => new Uint32Array(pixels.slice().buffer);

/** Each channel for itself, kept between black and white. */
export const bytesOf = ({ pixels }: Picture): Uint8ClampedArray => new Uint8ClampedArray(pixels.slice().buffer);

export const pictureOf = (
  { width, height }: Pick<Picture, 'width' | 'height'>,
  { buffer }: Uint32Array | Uint8ClampedArray,
): Picture => ({
  ...{ width, height },
  pixels: new Uint8Array(buffer as ArrayBuffer),
});
