/**
 * The little image work the station needs: crop, resize and similarity warp, straight from RGBA bytes into the planar
 * BGR float32 (NCHW, 0..255) that every network of the pack wants. Bilinear, as the networks were trained.
 */
export type Picture = { readonly width: number; readonly height: number /** RGBA */; readonly pixels: Uint8Array };
export type Region = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** Maps a point of the target onto the source: `x = a u - b v + tx`, `y = b u + a v + ty`. */
export type Similarity = { readonly a: number; readonly b: number; readonly tx: number; readonly ty: number };

/**
 * Resizes a region of the picture to `outWidth` x `outHeight`, edges repeated (half-pixel centres, as OpenCV does), into
 * the top left of a zero-filled tensor of `padWidth` x `padHeight`.
 */
export function resizeToBgr(
  picture: Picture,
  region: Region,
  outWidth: number,
  outHeight: number,
  padWidth = outWidth,
  padHeight = outHeight,
): Float32Array {
  const { width, height, pixels } = picture;
  const plane = padWidth * padHeight;
  const out = new Float32Array(3 * plane);
  const columns = taps(region.x, region.width, outWidth, width);
  const rows = taps(region.y, region.height, outHeight, height);
  for (let v = 0; v < outHeight; v++) {
    const top = (rows.low[v] as number) * width;
    const bottom = (rows.high[v] as number) * width;
    const fy = rows.fraction[v] as number;
    for (let u = 0; u < outWidth; u++) {
      const left = columns.low[u] as number;
      const right = columns.high[u] as number;
      const fx = columns.fraction[u] as number;
      const w11 = fx * fy;
      const w01 = fx - w11;
      const w10 = fy - w11;
      const w00 = 1 - fx - fy + w11;
      const p00 = (top + left) * 4;
      const p01 = (top + right) * 4;
      const p10 = (bottom + left) * 4;
      const p11 = (bottom + right) * 4;
      const at = v * padWidth + u;
      for (let c = 0; c < 3; c++) {
        out[(2 - c) * plane + at] =
          w00 * (pixels[p00 + c] as number) +
          w01 * (pixels[p01 + c] as number) +
          w10 * (pixels[p10 + c] as number) +
          w11 * (pixels[p11 + c] as number);
      }
    }
  }
  return out;
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

/** Draws `size` x `size` pixels through a similarity; what falls outside the picture is black. */
export function warpToBgr(picture: Picture, { a, b, tx, ty }: Similarity, size: number): Float32Array {
  const { width, height, pixels } = picture;
  const plane = size * size;
  const out = new Float32Array(3 * plane);
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const x = a * u - b * v + tx;
      const y = b * u + a * v + ty;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const fx = x - left;
      const fy = y - top;
      const p = (top * width + left) * 4;
      const below = p + width * 4;
      const at = v * size + u;
      for (let c = 0; c < 3; c++) {
        const upper = (pixels[p + c] as number) * (1 - fx) + (pixels[p + 4 + c] as number) * fx;
        const lower = (pixels[below + c] as number) * (1 - fx) + (pixels[below + 4 + c] as number) * fx;
        out[(2 - c) * plane + at] = upper * (1 - fy) + lower * fy;
      }
    }
  }
  return out;
}

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
