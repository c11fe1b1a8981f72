import type { Picture, Point } from '../picture/pixels.ts';
import { resizeToBgr } from '../picture/pixels.ts';
import type { Mesh } from './mesh.ts';
import { type Network, planes, valuesOf } from './network.ts';
import { withScratch } from './scratch.ts';

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
export const eyesOpen = (network: Network, picture: Picture, { points }: Mesh): Promise<number> =>
  withScratch(3 * SIDE * SIDE, async (out) => {
    let widest = 0;
    for (const [from, to] of EYES) {
      cut(picture, points[from] as Point, points[to] as Point, out);
      const open = valuesOf(await network(out, planes(SIDE, SIDE)), '19')[OPEN] as number;
      widest = Math.max(widest, open);
    }
    return widest;
  });

function cut(picture: Picture, from: Point, to: Point, out: Float32Array): void {
  const side = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y) * AROUND);
  const region = { x: (from.x + to.x) / 2 - side / 2, y: (from.y + to.y) / 2 - side / 2, width: side, height: side };
  resizeToBgr(picture, region, SIDE, SIDE, SIDE, SIDE, { out });
  for (let at = 0; at < out.length; at++) out[at] = ((out[at] as number) - 127) / 255;
}
