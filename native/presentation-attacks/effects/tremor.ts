import { between, randomFrom } from '../random.ts';
import type { Pose } from './pose.ts';

/** How a hand moves: slow drifting, and the tremor of eight to twelve times a second that every hand has. */
const DRIFT = { x: 7, y: 5, scale: 0.012, yaw: 0.035, pitch: 0.03, roll: 0.018, bend: 0.05 } as const;
const TREMOR = { x: 0.6, y: 0.6, scale: 0, yaw: 0.003, pitch: 0.003, roll: 0.001, bend: 0 } as const;

/** @returns how far from where it is held a sheet is at this moment, in milliseconds */
export function tremorAt(seed: number, at: number): Omit<Pose, 'pivot'> {
  const random = randomFrom(seed * 13 + 3);
  const swing = (drift: number, tremor: number): number => {
    const [slow, slower, fast] = [between(random, 0.25, 0.7), between(random, 0.07, 0.2), between(random, 8, 12)];
    const turn = (perSecond: number): number => Math.sin(((at / 1_000) * perSecond + random()) * 2 * Math.PI);
    return drift * (0.6 * turn(slow) + 0.4 * turn(slower)) + tremor * turn(fast);
  };
  return {
    x: swing(DRIFT.x, TREMOR.x),
    y: swing(DRIFT.y, TREMOR.y),
    scale: swing(DRIFT.scale, TREMOR.scale),
    yaw: swing(DRIFT.yaw, TREMOR.yaw),
    pitch: swing(DRIFT.pitch, TREMOR.pitch),
    roll: swing(DRIFT.roll, TREMOR.roll),
    bend: swing(DRIFT.bend, TREMOR.bend),
  };
}
