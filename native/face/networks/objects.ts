import { withoutOverlaps } from '../picture/boxes.ts';
import { type Picture, resizeToBgr } from '../picture/pixels.ts';
import { type Network, valuesOf } from './network.ts';

/** Things that YOLOX was taught to see and a proctor may want to know of. */
export type Thing = {
  readonly kind: 'person' | 'cell-phone' | 'laptop' | 'book';
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const SIDE = 416;
const FIELDS = 85;
const PAD = 114;
const SCORE = 0.4;
const OVERLAP = 0.45;
const KINDS = new Map<number, Thing['kind']>([
  [0, 'person'],
  [63, 'laptop'],
  [67, 'cell-phone'],
  [73, 'book'],
]);

/** YOLOX-nano. Weak on phones (it finds about a third of them): a hint for a person, never a finding. */
export async function findThings(network: Network, picture: Picture): Promise<readonly Thing[]> {
  const scale = SIDE / Math.max(picture.width, picture.height);
  const outputs = await network(letterbox(picture, scale), [1, 3, SIDE, SIDE]);
  return withoutOverlaps(decode(valuesOf(outputs, 'output'), scale), OVERLAP, (p, q) => p.kind === q.kind);
}

function letterbox(picture: Picture, scale: number): Float32Array {
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  const planar = resizeToBgr(picture, whole, width, height, SIDE, SIDE);
  for (let plane = 0; plane < 3; plane++) {
    for (let v = 0; v < SIDE; v++) {
      const row = (plane * SIDE + v) * SIDE;
      planar.fill(PAD, row + (v < height ? width : 0), row + SIDE);
    }
  }
  return planar;
}

function decode(values: Float32Array, scale: number): Thing[] {
  const things: Thing[] = [];
  let row = 0;
  for (const stride of [8, 16, 32]) {
    const columns = SIDE / stride;
    for (let cell = 0; cell < columns * columns; cell++, row++) {
      const at = row * FIELDS;
      const value = (field: number): number => values[at + field] as number;
      for (const [index, kind] of KINDS) {
        const score = value(4) * value(5 + index);
        // Written so that a NaN from the network is nothing.
        if (!(score >= SCORE)) continue;
        const width = (Math.exp(value(2)) * stride) / scale;
        const height = (Math.exp(value(3)) * stride) / scale;
        const x = (((cell % columns) + value(0)) * stride) / scale - width / 2;
        const y = ((Math.floor(cell / columns) + value(1)) * stride) / scale - height / 2;
        things.push({ kind, score, x, y, width, height });
      }
    }
  }
  return things;
}
