import type { Picture } from '../../../native/face/index.ts';

/**
 * How a picture looks, small and grey: two pictures of one moment have nearly the same, however the file between them was
 * edited; two moments before a sensor never have.
 */
export type Print = {
  /** 40 x 30 grey values, smoothed, row by row. */
  readonly grey: Float32Array;
  /** 5 x 5 of them, less their mean: what is compared first, because it is cheap. */
  readonly coarse: Float32Array;
};

const [WIDTH, HEIGHT] = [40, 30];
const COARSE = 5;
export const COARSE_FIELDS = COARSE * COARSE;
/** Smaller pictures have too few pixels in each field to tell of a sensor. */
const MIN_SIDE = 3 * WIDTH;

/** @returns nothing of a picture that is too small */
export function printOf(picture: Picture): Print | undefined {
  if (picture.width < MIN_SIDE || picture.height < MIN_SIDE) return undefined;
  const grey = smoothed(smoothed(fieldsOf(picture)));
  return { grey, coarse: coarseOf(grey) };
}

/** The mean green of each field: green is most of what is grey, and one channel is a third of the work. */
function fieldsOf({ width, height, pixels }: Picture): Float32Array {
  const sums = new Float32Array(WIDTH * HEIGHT);
  const [across, down] = [Math.floor(width / WIDTH), Math.floor(height / HEIGHT)];
  for (let y = 0; y < down * HEIGHT; y++) {
    const row = Math.floor(y / down) * WIDTH;
    let at = y * width * 4 + 1;
    for (let u = 0; u < WIDTH; u++) {
      let sum = 0;
      for (let n = 0; n < across; n++, at += 4) sum += pixels[at] as number;
      sums[row + u] = (sums[row + u] as number) + sum;
    }
  }
  return sums.map((sum) => sum / (across * down));
}

/** By a quarter of each neighbour, so that a shift by a pixel is a small, even change everywhere. */
function smoothed(grey: Float32Array): Float32Array {
  const across = grey.map((value, at) => {
    const u = at % WIDTH;
    return (2 * value + (grey[u > 0 ? at - 1 : at] as number) + (grey[u < WIDTH - 1 ? at + 1 : at] as number)) / 4;
  });
  return across.map((value, at) => (2 * value + (across[at - WIDTH] ?? value) + (across[at + WIDTH] ?? value)) / 4);
}

function coarseOf(grey: Float32Array): Float32Array {
  const coarse = new Float32Array(COARSE_FIELDS);
  const [across, down] = [WIDTH / COARSE, HEIGHT / COARSE];
  for (const [at, value] of grey.entries()) {
    const field = Math.floor(at / WIDTH / down) * COARSE + Math.floor((at % WIDTH) / across);
    coarse[field] = (coarse[field] as number) + value / (across * down);
  }
  const mean = coarse.reduce((sum, value) => sum + value, 0) / coarse.length;
  return coarse.map((value) => value - mean);
}

/**
 * Squared distance of the first comparison.
 * @param others the coarse fields of many, one after the other
 * @param limit where it may stop: farther is far enough
 */
export function coarseDistance(coarse: Float32Array, others: Float32Array, at: number, limit: number): number {
  let sum = 0;
  const start = at * COARSE_FIELDS;
  for (let n = 0; n < COARSE_FIELDS && sum < limit; n++)
    sum += ((coarse[n] as number) - (others[start + n] as number)) ** 2;
  return sum;
}

/** Offset, gain, and a shift across and down. */
const UNKNOWNS = 4;

/**
 * What is left between two prints once light, contrast and a small shift are made equal: the root of the mean square, in
 * grey values.
 */
export function differenceOf(one: Print, other: Print): number {
  const [a, b] = [one.grey, other.grey];
  const sums = new Float64Array(UNKNOWNS * UNKNOWNS);
  const right = new Float64Array(UNKNOWNS);
  const row = new Float64Array(UNKNOWNS).fill(1);
  let [squares, count] = [0, 0];
  for (let v = 1; v < HEIGHT - 1; v++)
    for (let u = 1; u < WIDTH - 1; u++, count++) {
      const at = v * WIDTH + u;
      const d = (a[at] as number) - (b[at] as number);
      row[1] = b[at] as number;
      row[2] = ((b[at + 1] as number) - (b[at - 1] as number)) / 2;
      row[3] = ((b[at + WIDTH] as number) - (b[at - WIDTH] as number)) / 2;
      squares += d * d;
      for (let p = 0; p < UNKNOWNS; p++) {
        const value = row[p] as number;
        right[p] = (right[p] as number) + value * d;
        for (let q = p; q < UNKNOWNS; q++)
          sums[p * UNKNOWNS + q] = (sums[p * UNKNOWNS + q] as number) + value * (row[q] as number);
      }
    }
  return Math.sqrt(Math.max(squares - explained(sums, right), 0) / count);
}

/** How much of the square a least-squares fit takes away: the upper half of the normal equations, by Cholesky. */
function explained(sums: Float64Array, right: Float64Array): number {
  let taken = 0;
  for (let p = 0; p < UNKNOWNS; p++) {
    const pivot = sums[p * UNKNOWNS + p] as number;
    // A direction in which the picture has nothing explains nothing.
    if (pivot < 1e-6) continue;
    const value = right[p] as number;
    taken += (value * value) / pivot;
    for (let r = p + 1; r < UNKNOWNS; r++) {
      const factor = (sums[p * UNKNOWNS + r] as number) / pivot;
      right[r] = (right[r] as number) - factor * value;
      for (let q = r; q < UNKNOWNS; q++)
        sums[r * UNKNOWNS + q] = (sums[r * UNKNOWNS + q] as number) - factor * (sums[p * UNKNOWNS + q] as number);
    }
  }
  return taken;
}
