import type { Picture } from '../picture/pixels.ts';

/** So many little squares across and down, spread over the whole picture, and their side without a rim of one pixel. */
const [ACROSS, DOWN, SIDE] = [16, 12, 8];
const RIM = SIDE + 2;
/** Channels at or beyond these hold no noise any more; a square that has lost more than this part of its pixels says nothing. */
const [BLACK, BURNT, MOST_LOST] = [1, 254, 0.2];
/** The calmest part of the squares. Noise is in all of them; hair, cloth, and the dots of a print are in some. */
const CALMEST = 0.1;
/** In a square of that part is so much of the noise of all, where noise is all there is: squares are little. */
const OF_ALL = 0.8;
/** From the mean of what the mask answers to the standard deviation of a pixel. */
const TO_DEVIATION = Math.sqrt(Math.PI / 2) / 6 / OF_ALL;

/**
 * The noise of a picture: the standard deviation of the light of a pixel, in grey values. By a mask that neither even light nor
 * straight edges answer (Immerkær 1996), where the picture is calm.
 */
export function noiseOf(picture: Picture): number {
  const { width, height } = picture;
  if (width < RIM || height < RIM) return 0;
  const grey = new Float32Array(RIM * RIM);
  const found: number[] = [];
  for (let row = 0; row < DOWN; row++)
    for (let column = 0; column < ACROSS; column++) {
      const x = Math.floor(((width - RIM) * (column + 0.5)) / ACROSS);
      const y = Math.floor(((height - RIM) * (row + 0.5)) / DOWN);
      if (lightOf(picture, x, y, grey) <= MOST_LOST) found.push(answerOf(grey) * TO_DEVIATION);
    }
  return found.toSorted((p, q) => p - q)[Math.floor(found.length * CALMEST)] ?? 0;
}

/** Reads the light of a square. @returns which part of it is black or burnt out */
function lightOf({ width, pixels }: Picture, x: number, y: number, grey: Float32Array): number {
  let lost = 0;
  for (let v = 0, to = 0; v < RIM; v++) {
    for (let u = 0, at = ((y + v) * width + x) * 4; u < RIM; u++, at += 4, to++) {
      const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
      grey[to] = 0.299 * red + 0.587 * green + 0.114 * blue;
      if (Math.max(red, green, blue) >= BURNT || Math.min(red, green, blue) <= BLACK) lost += 1;
    }
  }
  return lost / grey.length;
}

/** The mean of what the mask (1 -2 1, -2 4 -2, 1 -2 1) answers to. */
function answerOf(grey: Float32Array): number {
  const at = (i: number): number => grey[i] as number;
  let sum = 0;
  for (let v = 1; v <= SIDE; v++)
    for (let i = v * RIM + 1; i <= v * RIM + SIDE; i++) {
      const beside = at(i - 1) + at(i + 1) + at(i - RIM) + at(i + RIM);
      const corners = at(i - RIM - 1) + at(i - RIM + 1) + at(i + RIM - 1) + at(i + RIM + 1);
      sum += Math.abs(4 * at(i) - 2 * beside + corners);
    }
  return sum / SIDE ** 2;
}
