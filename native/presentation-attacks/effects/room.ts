import type { Picture } from '../../face/index.ts';
import { HEIGHT, WIDTH } from '../picture.ts';
import { between, randomFrom } from '../random.ts';

/** What is behind whoever holds something up: a wall that is lit from one side, and some things on it. Drawn. */
export function drawnRoom(seed: number): Picture {
  const random = randomFrom(seed * 31 + 7);
  const [red, green, blue] = [between(random, 110, 190), between(random, 110, 190), between(random, 100, 180)];
  const slope = between(random, -0.12, 0.12);
  const things = Array.from({ length: 4 }, () => ({
    left: between(random, -60, WIDTH),
    top: between(random, -60, HEIGHT),
    width: between(random, 40, 220),
    height: between(random, 40, 260),
    shade: between(random, -50, 40),
  }));
  const bytes = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let v = 0, at = 0; v < HEIGHT; v++)
    for (let u = 0; u < WIDTH; u++, at += 4) {
      let light = slope * (u - WIDTH / 2) - 0.05 * v;
      for (const { left, top, width, height, shade } of things)
        if (u > left && v > top && u < left + width && v < top + height) light += shade;
      bytes[at] = red + light;
      bytes[at + 1] = green + light;
      bytes[at + 2] = blue + light;
      bytes[at + 3] = 255;
    }
  return { width: WIDTH, height: HEIGHT, pixels: new Uint8Array(bytes.buffer) };
}
