import { planes } from '../networks/network.ts';
import { MODEL_ROLES, type ModelRole } from '../weights/manifest.ts';
import type { Networks } from './networks.ts';

/** What each network takes, as the station uses it. */
const shapesWith = ({ size }: Networks['cut']): Readonly<Record<ModelRole, readonly number[]>> => ({
  detector: planes(256, 320),
  embedder: planes(size, size),
  antiSpoofV1SE: planes(80, 80),
  antiSpoofPv1: planes(80, 60),
  mesh: [1, 256, 256, 3],
  blendshapes: [1, 146, 2],
  headPose: planes(60, 60),
  eye: planes(32, 32),
  objects: planes(416, 416),
});
const RUNS = 7;

/** The median time of one run of each network on this machine, in milliseconds, on grey pictures. */
export async function rehearse({ near, cut }: Networks): Promise<Readonly<Record<ModelRole, number>>> {
  const shapes = shapesWith(cut);
  const costs: [ModelRole, number][] = [];
  for (const role of MODEL_ROLES) {
    const shape = shapes[role];
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const input = new Float32Array(shape.reduce((product, side) => product * side, 1)).fill(0.5);
      const start = performance.now();
      await near[role](input, shape);
      times.push(performance.now() - start);
    }
    costs.push([role, times.toSorted((p, q) => p - q)[RUNS >> 1] as number]);
  }
  return Object.fromEntries(costs) as Record<ModelRole, number>;
}
