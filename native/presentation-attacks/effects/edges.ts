import type { Picture } from '../../face/index.ts';
import type { Sheet } from '../picture.ts';

/** One colour, `A B G R`. */
type Colour = number;
const PAPER: Colour = 0xff_e6_ec_ee;
const BEZEL: Colour = 0xff_1c_1a_18;

/** What is left white around a print. */
export const onPaper = (picture: Picture, margin: number): Sheet => framed(picture, margin, PAPER);
/** What is black around the picture of a telephone or a tablet. */
export const inBezel = (picture: Picture, width: number): Sheet => framed(picture, width, BEZEL);

function framed({ width, height, pixels }: Picture, margin: number, colour: Colour): Sheet {
  const from = new Uint32Array(pixels.slice().buffer);
  const [across, down] = [width + 2 * margin, height + 2 * margin];
  const words = new Uint32Array(across * down).fill(colour);
  for (let v = 0; v < height; v++) words.set(from.subarray(v * width, (v + 1) * width), (v + margin) * across + margin);
  return { width: across, height: down, pixels: new Uint8Array(words.buffer) };
}
