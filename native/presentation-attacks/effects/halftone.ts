import type { Picture } from '../../face/index.ts';
import { bytesOf, pictureOf } from '../picture.ts';
import { between, randomFrom } from '../random.ts';

/** How far dots are apart, and how much of the tone they are, where a camera looks at them. */
const [PITCH, STRENGTH] = [
  [2.1, 3.4],
  [8, 26],
] as const;
/** Each ink has a screen of its own, turned so that they do not beat. */
const ANGLES = [15, 75, 45].map((degrees) => (degrees / 180) * Math.PI);
/** Ink is no black, and paper no white; colours are paler. */
const [BLACK, RANGE, PALER] = [26, 0.8, 0.16];

/** As a printer puts it on paper: dots, fewer colours, less contrast. */
export function halftoned(picture: Picture, seed: number): Picture {
  const random = randomFrom(seed);
  const [pitch, strength] = [between(random, ...PITCH), between(random, ...STRENGTH)];
  const bytes = bytesOf(picture);
  const waves = ANGLES.map((angle) => ({
    across: (Math.cos(angle) * 2 * Math.PI) / pitch,
    down: (Math.sin(angle) * 2 * Math.PI) / pitch,
  }));
  for (let v = 0, at = 0; v < picture.height; v++)
    for (let u = 0; u < picture.width; u++, at += 4) {
      const grey = ((bytes[at] as number) + (bytes[at + 1] as number) + (bytes[at + 2] as number)) / 3;
      for (const [channel, { across, down }] of waves.entries()) {
        const value = (bytes[at + channel] as number) * (1 - PALER) + grey * PALER;
        const dots = Math.cos(u * across + v * down) * Math.cos(u * down - v * across);
        const tone = (4 * value * (255 - value)) / (255 * 255);
        bytes[at + channel] = BLACK + RANGE * value + strength * tone * dots;
      }
    }
  return pictureOf(picture, bytes);
}
