import type { Picture, Point } from '../picture/pixels.ts';
import { resizeToBgr } from '../picture/pixels.ts';
import type { Mesh } from './mesh.ts';
import { type Network, planes, valuesOf } from './network.ts';

const SIDE = 32;
/** Corners of each eye in the mesh. */
const EYES = [
  [33, 133],
  [362, 263],
] as const;
/** How far the square reaches beyond the corners. */
const AROUND = 1.8;
const OPEN = 1;

/** open-closed-eye on both eyes. How open the wider one is, 0..1: who winks, or is seen from the side, is awake. */
export async function eyesOpen(network: Network, picture: Picture, { points }: Mesh): Promise<number> {
  const scores: number[] = [];
  for (const [from, to] of EYES) {
    const outputs = await network(cut(picture, points[from] as Point, points[to] as Point), planes(SIDE, SIDE));
    scores.push(valuesOf(outputs, '19')[OPEN] as number);
  }
  return Math.max(...scores);
}

function cut(picture: Picture, from: Point, to: Point): Float32Array {
  const side = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y) * AROUND);
  const region = { x: (from.x + to.x) / 2 - side / 2, y: (from.y + to.y) / 2 - side / 2, width: side, height: side };
  return resizeToBgr(picture, region, SIDE, SIDE).map((value) => (value - 127) / 255);
}
