import type { Gesture } from '../../../contract/words/exam.ts';
import type { Signs } from '../engine/observation.ts';
import type { Shape } from '../networks/shape.ts';

/** What a camera sees of each gesture: signs that differ from rest, and how many times as large the face is. */
export const MADE: Readonly<Record<Gesture, { readonly signs: Partial<Signs>; readonly nearer?: number }>> = {
  'turn-left': { signs: { yaw: 30 } },
  'turn-right': { signs: { yaw: -28 } },
  'turn-left-little': { signs: { yaw: 16 } },
  'turn-left-far': { signs: { yaw: 35 } },
  'turn-right-little': { signs: { yaw: -15 } },
  'turn-right-far': { signs: { yaw: -33 } },
  blink: { signs: { eyesOpen: 0.1 } },
  'open-mouth': { signs: { mouthOpen: 0.65 } },
  'come-closer': { signs: {}, nearer: 1.5 },
};

/** A place on something that is turned: across, down, and away from the camera, in distances of the outer corners of the eyes. */
export type Place = readonly [across: number, down: number, deep: number];
/** Where a face as it is printed goes on what it is printed on. */
export type Body = (place: Place) => Place;

/** What is on a head: corners of eyes and mouth, nose, and the edges of the cheeks. */
const PLANE: readonly Place[] = [
  [-0.5, 0, 0.02],
  [-0.18, 0.01, -0.03],
  [0.18, 0.01, -0.03],
  [0.5, 0, 0.02],
  [-0.29, 0.68, -0.04],
  [0.29, 0.68, -0.04],
];
const NOSE: Place = [0, 0.4, -0.35];
const EDGES = [
  [-0.78, 0.2, 0.72],
  [0.78, 0.2, 0.72],
] as const satisfies Place[];

export const head: Body = (place) => place;
/** A sheet that is bent round an upright cylinder. */
export const bent =
  (radius: number): Body =>
  ([across, down]) => [radius * Math.sin(across / radius), down, radius * (1 - Math.cos(across / radius))];
export const flat: Body = ([across, down]) => [across, down, 0];

/** It as a camera far away sees it, turned by `yaw`, tilted by `roll`, and so many pixels large. */
export function shapeOn(body: Body, { yaw = 0, pitch = 0, roll = 0, size = 90, x = 320, y = 240 } = {}): Shape {
  const [turn, nod, tilt] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const point = (place: Place) => {
    const [across, down, deep] = body(place);
    // A nose that is nearer than the eyes goes to the side to which the head turns.
    const [u, w] = [across * Math.cos(turn) - deep * Math.sin(turn), deep * Math.cos(turn) + across * Math.sin(turn)];
    const v = down * Math.cos(nod) - w * Math.sin(nod);
    return {
      x: x + size * (u * Math.cos(tilt) - v * Math.sin(tilt)),
      y: y + size * (u * Math.sin(tilt) + v * Math.cos(tilt)),
    };
  };
  return { plane: PLANE.map(point), nose: point(NOSE), edges: [point(EDGES[0]), point(EDGES[1])], yaw };
}
