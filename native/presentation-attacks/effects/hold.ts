import type { Picture } from '../../face/index.ts';
import { pictureOf, type Sheet, wordsOf } from '../picture.ts';
import { type Matrix, type Pose, rotationOf } from './pose.ts';
import { sampledOver } from './sample.ts';

/** Of the camera: 53 degrees across 640 pixels. */
const FOCAL = 640;
/** Less than this is flat. */
const FLAT = 0.02;
/** Less light falls on what is turned away. */
const SHADE = 0.35;

/** Where a row of the camera's rays meets a sheet, and how much of the light is left there. */
type Row = { readonly x: Float64Array; readonly y: Float64Array; readonly light: Float64Array };
/** @param ray the first of a row; each further one is a step further */
type Meet = (origin: Vector, ray: Vector, step: Vector, row: Row) => void;
type Vector = readonly [x: number, y: number, z: number];

/** What a camera sees of a sheet that somebody holds up before something, in perspective; bent where the pose says so. */
export function held(sheet: Sheet, pose: Pose, behind: Picture): Picture {
  const { width, height } = behind;
  const words = wordsOf(behind);
  const from = new Uint32Array(sheet.pixels.buffer, sheet.pixels.byteOffset, sheet.width * sheet.height);
  const meet = Math.abs(pose.bend) < FLAT ? onPlane : onCylinder(sheet.width / pose.bend);
  const rotation = rotationOf(pose);
  const { x: toTheRight, y: down, scale, pivot } = pose;
  const [ox, oy, oz] = asTheSheetSees(rotation, [-toTheRight / scale, -down / scale, -FOCAL / scale - pivot]);
  const origin: Vector = [ox, oy, oz + pivot];
  const step = asTheSheetSees(rotation, [1, 0, 0]);
  const row: Row = { x: new Float64Array(width), y: new Float64Array(width), light: new Float64Array(width).fill(1) };
  for (let v = 0; v < height; v++) {
    meet(origin, asTheSheetSees(rotation, [-width / 2, v - height / 2, FOCAL]), step, row);
    for (let u = 0, at = v * width; u < width; u++, at++) {
      const x = (row.x[u] as number) + sheet.width / 2;
      const y = (row.y[u] as number) + sheet.height / 2;
      words[at] = sampledOver(words[at] as number, from, sheet, x, y, row.light[u] as number);
    }
  }
  return pictureOf(behind, words);
}

/** What is so for the camera, turned back: the rotation is the other way round. */
const asTheSheetSees = (by: Matrix, [x, y, z]: Vector): Vector => [
  by[0] * x + by[3] * y + by[6] * z,
  by[1] * x + by[4] * y + by[7] * z,
  by[2] * x + by[5] * y + by[8] * z,
];

/** Far beyond every sheet: there is nothing. */
const NOWHERE = -1e9;

function onPlane([ox, oy, oz]: Vector, [rx, ry, rz]: Vector, [sx, sy, sz]: Vector, { x, y }: Row): void {
  for (let u = 0; u < x.length; u++) {
    const far = -oz / (rz + u * sz);
    x[u] = far > 0 ? ox + far * (rx + u * sx) : NOWHERE;
    y[u] = oy + far * (ry + u * sy);
  }
}

const onCylinder =
  (radius: number): Meet =>
  ([ox, oy, oz], [rx, ry, rz], [sx, sy, sz], { x, y, light }) => {
    const z = oz - radius;
    const beyond = ox * ox + z * z - radius * radius;
    for (let u = 0; u < x.length; u++) {
      const dx = rx + u * sx;
      const dz = rz + u * sz;
      const square = dx * dx + dz * dz;
      const half = ox * dx + z * dz;
      const root = half * half - square * beyond;
      // The side towards the camera of a sheet that bulges, the far side of one that is hollow.
      const far = root < 0 ? -1 : (-half - Math.sign(radius) * Math.sqrt(root)) / square;
      const facing = -(z + far * dz) / radius;
      x[u] = far > 0 ? radius * Math.atan2((ox + far * dx) / radius, facing) : NOWHERE;
      y[u] = oy + far * (ry + u * sy);
      light[u] = 1 - SHADE * (1 - facing);
    }
  };
