import type { Picture } from '../picture/pixels.ts';

/** A corner of a surface: where its colour is taken from, and where it is drawn; what is nearer hides what is farther. */
export type Vertex = {
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
};

/** Corners in rows, each of the same number: every four that touch are a piece of the surface. */
export type Surface = { readonly columns: number; readonly vertices: readonly Vertex[] };

/** How far away what never moves is. */
export const BACKGROUND = 1_000;

/** Draws a surface that bears `texture` onto a copy of `ground`, both sides of it. */
export function drawSurface(ground: Picture, texture: Picture, { columns, vertices }: Surface): Picture {
  const canvas = { ...ground, pixels: ground.pixels.slice() };
  const depths = new Float32Array(ground.width * ground.height).fill(Number.POSITIVE_INFINITY);
  const at = (index: number): Vertex => vertices[index] as Vertex;
  for (let i = 0; i + columns < vertices.length; i++) {
    if (i % columns === columns - 1) continue;
    const [a, b, c, d] = [at(i), at(i + 1), at(i + columns), at(i + columns + 1)];
    if ([a, b, c, d].every(isWhereItWas)) continue;
    drawTriangle(canvas, depths, texture, [a, b, c]);
    drawTriangle(canvas, depths, texture, [b, d, c]);
  }
  return canvas;
}

/** Such a piece shows what the ground shows already. */
const isWhereItWas = ({ u, v, x, y, z }: Vertex): boolean => u === x && v === y && z === BACKGROUND;

type Triangle = readonly [a: Vertex, b: Vertex, c: Vertex];

function drawTriangle(canvas: Picture, depths: Float32Array, texture: Picture, [a, b, c]: Triangle): void {
  const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (area === 0) return;
  const { width, height } = canvas;
  const [left, right] = span(a.x, b.x, c.x, width);
  const [top, bottom] = span(a.y, b.y, c.y, height);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const q = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
      const r = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
      const p = 1 - q - r;
      if (p < 0 || q < 0 || r < 0) continue;
      const pixel = y * width + x;
      const depth = p * a.z + q * b.z + r * c.z;
      if (depth >= (depths[pixel] as number)) continue;
      depths[pixel] = depth;
      copyColour(texture, p * a.u + q * b.u + r * c.u, p * a.v + q * b.v + r * c.v, canvas.pixels, pixel * 4);
    }
  }
}

const span = (p: number, q: number, r: number, limit: number): readonly [number, number] => [
  Math.max(0, Math.ceil(Math.min(p, q, r))),
  Math.min(limit - 1, Math.floor(Math.max(p, q, r))),
];

/** The colour between pixels; beyond an edge, that of the edge. */
export function copyColour({ width, height, pixels }: Picture, u: number, v: number, to: Uint8Array, at: number): void {
  const x = Math.min(Math.max(u, 0), width - 1.001);
  const y = Math.min(Math.max(v, 0), height - 1.001);
  const from = (Math.floor(y) * width + Math.floor(x)) * 4;
  const [fx, fy] = [x % 1, y % 1];
  for (let channel = 0; channel < 3; channel++) {
    const value = (offset: number): number => pixels[from + offset + channel] as number;
    const above = value(0) * (1 - fx) + value(4) * fx;
    const below = value(4 * width) * (1 - fx) + value(4 * width + 4) * fx;
    to[at + channel] = above * (1 - fy) + below * fy;
  }
  to[at + 3] = 255;
}
