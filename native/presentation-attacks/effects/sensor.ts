import type { Picture } from '../../face/index.ts';
import { bytesOf, pictureOf } from '../picture.ts';
import { randomFrom } from '../random.ts';

/** Its standard deviation, in grey values, as a webcam has it in a room. */
const DEVIATION = 1.6;
/** Noise that was drawn once, and is read from another place in each picture: drawing it anew takes longer than all else. */
const SPAN = 1 << 20;
const NOISE = drawNoise();

function drawNoise(): Int8Array {
  const random = randomFrom(1);
  // The sum of three even numbers is nearly normal, with a deviation of a half.
  return Int8Array.from({ length: SPAN }, () => Math.round((random() + random() + random() - 1.5) * 2 * DEVIATION));
}

/** As a sensor gives it: with noise that is another one at each moment. */
export function sensed(picture: Picture, seed: number, at: number): Picture {
  const random = randomFrom(seed * 7_919 + Math.round(at));
  const bytes = bytesOf(picture);
  const start = Math.floor(random() * SPAN);
  // Of alpha too, in one go; then it is full again.
  for (let byte = 0; byte < bytes.length; byte++)
    bytes[byte] = (bytes[byte] as number) + (NOISE[(start + byte) & (SPAN - 1)] as number);
  for (let byte = 3; byte < bytes.length; byte += 4) bytes[byte] = 255;
  return pictureOf(picture, bytes);
}
