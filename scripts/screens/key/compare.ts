import sharp from 'sharp';

/**
 * Whether two pictures of a screen show the same. They are made so small that how a machine smooths its letters is gone,
 * and what has moved or has another colour is not.
 */
export type Difference = {
  /** Points that differ. */
  readonly points: number;
  /** Where most of them are, in parts of the width and the height. */
  readonly at: { readonly x: number; readonly y: number };
};

/** One point for so many of the screen, in both directions. */
const SMALLER = 4;
const KEPT_SMALLER = 2;
/** Of 255, in the channel that differs most. Letters that are smoothed in another way stay below. */
const SEEN = 20;
/** So many points may differ; a word that has moved by four pixels has more. */
export const MOST_POINTS = 6;

/**
 * @param before as it was kept
 * @returns nothing where one is of another shape than the other
 */
export async function difference(before: Buffer, now: Buffer): Promise<Difference | undefined> {
  const [a, b] = await Promise.all([points(before, KEPT_SMALLER), points(now, 1)]);
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return undefined;
  const { width, height, channels } = a.info;
  let [found, x, y] = [0, 0, 0];
  for (let at = 0; at < width * height; at++) {
    if (farthest(a.data, b.data, at * channels) <= SEEN) continue;
    found += 1;
    x += at % width;
    y += Math.floor(at / width);
  }
  return { points: found, at: found === 0 ? { x: 0, y: 0 } : { x: x / found / width, y: y / found / height } };
}

const farthest = (a: Buffer, b: Buffer, at: number): number =>
  Math.max(...[at, at + 1, at + 2].map((channel) => Math.abs((a[channel] ?? 0) - (b[channel] ?? 0))));

/** @param already how much smaller than the screen it is */
async function points(picture: Buffer, already: number) {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const part = already / SMALLER;
  return sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .resize({ width: Math.round(width * part), height: Math.round(height * part), fit: 'fill' })
    .blur(1)
    .raw()
    .toBuffer({ resolveWithObject: true });
}

/** As it is kept: half as large, of few colours. */
export async function kept(picture: Buffer): Promise<Buffer> {
  const { width = 0 } = await sharp(picture).metadata();
  return sharp(picture)
    .resize({ width: Math.round(width / KEPT_SMALLER) })
    .png({ palette: true, colours: 96, effort: 10 })
    .toBuffer();
}
