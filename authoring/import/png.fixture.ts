import { pngOf } from './png.ts';

/** A picture of one colour, two pixels wide and high. Only for tests. */
export const png = (colour: readonly [number, number, number]): Uint8Array =>
  pngOf({ width: 2, height: 2, data: new Uint8Array(Array.from({ length: 4 }, () => [...colour, 255]).flat()) });
