/**
 * The little image work the station needs: crop, resize and similarity warp, straight from RGBA bytes into the planar
 * BGR float32 (NCHW, 0..255) that nearly every network of the pack wants. Bilinear, as the networks were trained.
 */
export type Picture = { readonly width: number; readonly height: number /** RGBA */; readonly pixels: Uint8Array };
/** A picture whose owner wants it back: who moves its pixels to another thread hands them back from there. */
export type LentPicture = Picture & { giveBack?(pixels: Uint8Array): void };
export type Region = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** Maps a point of the target onto the source: `x = a u - b v + tx`, `y = b u + a v + ty`. */
export type Similarity = { readonly a: number; readonly b: number; readonly tx: number; readonly ty: number };

/** Where pixels are drawn: memory to use instead of new, and what is around them instead of nothing. */
export type Canvas = { readonly out?: Float32Array; readonly around?: number };

/**
 * Resizes a region of the picture to `outWidth` x `outHeight`, edges repeated (half-pixel centres, as OpenCV does), into
 * the top left of a tensor of `padWidth` x `padHeight`, which is zero around it unless the canvas says otherwise.
 */
export function resizeToBgr(
  picture: Picture,
  region: Region,
  outWidth: number,
  outHeight: number,
  padWidth = outWidth,
  padHeight = outHeight,
  { out = new Float32Array(3 * padWidth * padHeight), around = 0 }: Canvas = {},
): Float32Array {
  if (isHalf(picture, region, outWidth, outHeight)) halve(picture, outWidth, outHeight, out, padWidth);
  else resample(picture, region, outWidth, outHeight, out, padWidth);
  for (let row = 0; row < 3 * padHeight; row++) {
    const drawn = row % padHeight < outHeight ? outWidth : 0;
    if (drawn < padWidth) out.fill(around, row * padWidth + drawn, (row + 1) * padWidth);
  }
  return out;
}

function resample(
  picture: Picture,
  region: Region,
  outWidth: number,
  outHeight: number,
  out: Float32Array,
  padWidth: number,
): void {
  const { width } = picture;
  const words = wordsOf(picture);
  // An integer to the compiler too, which a quotient is not.
  const plane = Math.trunc(out.length / 3);
  const columns = taps(region.x, region.width, outWidth, width);
  const rows = taps(region.y, region.height, outHeight, picture.height);
  for (let v = 0; v < outHeight; v++) {
    const top = (rows.low[v] as number) * width;
    const bottom = (rows.high[v] as number) * width;
    const fy = rows.fraction[v] as number;
    let at = v * padWidth;
    for (let u = 0; u < outWidth; u++, at++) {
      const left = columns.low[u] as number;
      const right = columns.high[u] as number;
      const fx = columns.fraction[u] as number;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - w10;
      const p = words[top + left] as number;
      const q = words[top + right] as number;
      const r = words[bottom + left] as number;
      const s = words[bottom + right] as number;
      out[at] =
        w00 * ((p >>> 16) & 255) + w01 * ((q >>> 16) & 255) + w10 * ((r >>> 16) & 255) + w11 * ((s >>> 16) & 255);
      out[at + plane] =
        w00 * ((p >>> 8) & 255) + w01 * ((q >>> 8) & 255) + w10 * ((r >>> 8) & 255) + w11 * ((s >>> 8) & 255);
      out[at + 2 * plane] = w00 * (p & 255) + w01 * (q & 255) + w10 * (r & 255) + w11 * (s & 255);
    }
  }
}

const isHalf = (picture: Picture, { x, y, width, height }: Region, outWidth: number, outHeight: number): boolean =>
  x === 0 &&
  y === 0 &&
  width === picture.width &&
  height === picture.height &&
  width === 2 * outWidth &&
  height === 2 * outHeight;

/** What `resample` does for half the size, the usual case: the mean of each four, red and blue added in one word. */
function halve(picture: Picture, outWidth: number, outHeight: number, out: Float32Array, padWidth: number): void {
  const words = wordsOf(picture);
  // An integer to the compiler too, which a quotient is not.
  const plane = Math.trunc(out.length / 3);
  for (let v = 0; v < outHeight; v++) {
    let from = 2 * v * picture.width;
    let at = v * padWidth;
    for (let u = 0; u < outWidth; u++, from += 2, at++) {
      const p = words[from] as number;
      const q = words[from + 1] as number;
      const r = words[from + picture.width] as number;
      const s = words[from + picture.width + 1] as number;
      const redBlue = (p & RED_BLUE) + (q & RED_BLUE) + (r & RED_BLUE) + (s & RED_BLUE);
      const green = ((p >>> 8) & 255) + ((q >>> 8) & 255) + ((r >>> 8) & 255) + ((s >>> 8) & 255);
      out[at] = (redBlue >>> 16) * 0.25;
      out[at + plane] = green * 0.25;
      out[at + 2 * plane] = (redBlue & 0xffff) * 0.25;
    }
  }
}

const RED_BLUE = 0x00ff00ff;

/** One number a pixel, `A B G R` from the top: read once instead of channel by channel. Copies only what lies askew. */
function wordsOf({ pixels, width, height }: Picture): Uint32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, width * height);
}

/** Source positions and weights of one axis; positions outside the picture take its nearest edge. */
function taps(start: number, length: number, count: number, limit: number) {
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  const fraction = new Float32Array(count);
  const step = length / count;
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max(start + (i + 0.5) * step - 0.5, 0), limit - 1);
    low[i] = Math.floor(at);
    high[i] = Math.min(Math.floor(at) + 1, limit - 1);
    fraction[i] = at - Math.floor(at);
  }
  return { low, high, fraction };
}

/** How a network wants its pixels: where each channel of a pixel lies, in floats, and what 255 becomes. */
export type Layout = 'planar-bgr-255' | 'interleaved-rgb-1';

/** Draws `size` x `size` pixels through a similarity; what falls outside the picture is black. */
export function warp(
  picture: Picture,
  { a, b, tx, ty }: Similarity,
  size: number,
  layout: Layout = 'planar-bgr-255',
  out = new Float32Array(3 * size * size),
): Float32Array {
  const { width } = picture;
  const [lastX, lastY] = [width - 1, picture.height - 1];
  const words = wordsOf(picture);
  const plane = size * size;
  const [step, red, green, blue, full] =
    layout === 'planar-bgr-255' ? [1, 2 * plane, plane, 0, 1] : [3, 0, 1, 2, 1 / 255];
  for (let v = 0, at = 0; v < size; v++) {
    const [startX, startY] = [tx - b * v, ty + a * v];
    for (let u = 0; u < size; u++, at += step) {
      const x = a * u + startX;
      const y = b * u + startY;
      // Written so that a place that is no number is outside.
      if (!(x >= 0 && y >= 0 && x < lastX && y < lastY)) {
        out[at + red] = 0;
        out[at + green] = 0;
        out[at + blue] = 0;
        continue;
      }
      const left = Math.trunc(x);
      const top = Math.trunc(y);
      const w11 = (x - left) * (y - top) * full;
      const w01 = (x - left) * full - w11;
      const w10 = (y - top) * full - w11;
      const w00 = full - w01 - w10 - w11;
      const from = top * width + left;
      const p = words[from] as number;
      const q = words[from + 1] as number;
      const r = words[from + width] as number;
      const s = words[from + width + 1] as number;
      out[at + red] = w00 * (p & 255) + w01 * (q & 255) + w10 * (r & 255) + w11 * (s & 255);
      out[at + green] =
        w00 * ((p >>> 8) & 255) + w01 * ((q >>> 8) & 255) + w10 * ((r >>> 8) & 255) + w11 * ((s >>> 8) & 255);
      out[at + blue] =
        w00 * ((p >>> 16) & 255) + w01 * ((q >>> 16) & 255) + w10 * ((r >>> 16) & 255) + w11 * ((s >>> 16) & 255);
    }
  }
  return out;
}

/** Where a point of the target comes from in the source. */
export const throughSimilarity = ({ a, b, tx, ty }: Similarity, { x, y }: Point): Point => ({
  x: a * x - b * y + tx,
  y: b * x + a * y + ty,
});

/** Mirrors a planar tensor left to right. */
export function mirrored(planar: Float32Array, size: number): Float32Array {
  const out = new Float32Array(planar.length);
  for (let row = 0; row < planar.length; row += size) {
    for (let u = 0; u < size; u++) out[row + u] = planar[row + size - 1 - u] as number;
  }
  return out;
}

/**
 * The similarity that best carries `to` (target points) onto `from` (source points), least squares (Umeyama 1991; in two
 * dimensions it has this closed form).
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const n = from.length;
  const mean = (points: readonly Point[]) => ({
    x: points.reduce((sum, p) => sum + p.x, 0) / n,
    y: points.reduce((sum, p) => sum + p.y, 0) / n,
  });
  const [m, q] = [mean(from), mean(to)];
  let dot = 0;
  let cross = 0;
  let norm = 0;
  to.forEach((target, i) => {
    const source = from[i] as Point;
    const [u, v, x, y] = [target.x - q.x, target.y - q.y, source.x - m.x, source.y - m.y];
    dot += u * x + v * y;
    cross += u * y - v * x;
    norm += u * u + v * v;
  });
  const a = dot / norm;
  const b = cross / norm;
  return { a, b, tx: m.x - (a * q.x - b * q.y), ty: m.y - (b * q.x + a * q.y) };
}
