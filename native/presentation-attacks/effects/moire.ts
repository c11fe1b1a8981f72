import type { Picture } from '../../face/index.ts';
import { bytesOf, pictureOf } from '../picture.ts';
import { between, randomFrom } from '../random.ts';

/** Wide waves, as two fine gratings give that nearly fit. */
const [LENGTH, STRENGTH] = [
  [9, 60],
  [4, 14],
] as const;
/** A screen shines by itself, rather blue. */
const LIGHT = [1.04, 1.08, 1.16] as const;

/** As the pixels of a screen and those of a camera beat, drifting as one moves before the other. */
export function moired(picture: Picture, seed: number, at: number): Picture {
  const random = randomFrom(seed);
  const strength = between(random, ...STRENGTH);
  const waves = LIGHT.map((light) => ({
    light,
    columns: wave(picture.width, between(random, ...LENGTH), random() * 6 + at / between(random, 300, 900)),
    rows: wave(picture.height, between(random, ...LENGTH), random() * 6 - at / between(random, 300, 900)),
  }));
  const bytes = bytesOf(picture);
  for (const [channel, { light, columns, rows }] of waves.entries())
    for (let v = 0, byte = channel; v < picture.height; v++) {
      const row = strength * (rows[v] as number);
      for (let u = 0; u < picture.width; u++, byte += 4)
        bytes[byte] = light * (bytes[byte] as number) + row * (columns[u] as number);
    }
  return pictureOf(picture, bytes);
}

const wave = (count: number, length: number, phase: number): Float32Array =>
  Float32Array.from({ length: count }, (_, n) => Math.cos((n * 2 * Math.PI) / length + phase));
