import type { Mesh } from '../networks/mesh.ts';
import type { Picture, Point } from '../picture/pixels.ts';
import { BACKGROUND, drawSurface, type Vertex } from './surface.ts';

/** Where a head is: turned by so many degrees more than it was, and so many times as near. */
export type Place = { readonly yaw: number; readonly nearer: number };

/** A picture of a head as a surface: how far each place of it lies behind the eyes, and how much of it is head. */
export type Head = {
  readonly picture: Picture;
  readonly centre: Point;
  /** Half the width of the face, in pixels. */
  readonly radius: number;
  /** How far behind the eyes the axis is about which it turns. */
  readonly axis: number;
  readonly places: readonly { readonly x: number; readonly y: number; readonly depth: number; readonly part: number }[];
  readonly columns: number;
};

const STEP = 4;
/** From the camera to the eyes, in widths of a face: an arm's length. */
const DISTANCE = 4;
/** Ear to ear, forehead to chin, and the outer corners of the eyes. */
const [RIGHT, LEFT, TOP, CHIN, RIGHT_EYE, LEFT_EYE] = [234, 454, 10, 152, 33, 263];
/** In radii of the face: up to the first all is head, from the second on nothing is. */
const [HEAD, BEHIND] = [1.25, 2.4];
/** How fast a head falls off behind its outline. */
const FALLS = 0.9;

/** Reads a head off the network's own idea of how deep its 478 points lie. */
export function headOf(picture: Picture, { points, depths }: Mesh): Head {
  const point = (index: number): Point => points[index] as Point;
  const depth = (index: number): number => depths[index] as number;
  const eyes = (depth(RIGHT_EYE) + depth(LEFT_EYE)) / 2;
  const radius = Math.hypot(point(LEFT).x - point(RIGHT).x, point(LEFT).y - point(RIGHT).y) / 2;
  const tall = Math.hypot(point(CHIN).x - point(TOP).x, point(CHIN).y - point(TOP).y) / 2;
  const centre = { x: (point(LEFT).x + point(RIGHT).x) / 2, y: (point(TOP).y + point(CHIN).y) / 2 };
  const columns = Math.ceil(picture.width / STEP) + 1;
  const rows = Math.ceil(picture.height / STEP) + 1;
  const places = Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [(i % columns) * STEP, Math.floor(i / columns) * STEP];
    const out = Math.hypot((x - centre.x) / radius, (y - centre.y) / tall);
    if (out >= BEHIND) return { x, y, depth: 0, part: 0 };
    const outline = Math.max(0, out - 1) * radius * FALLS;
    const near = nearbyDepth(points, depths, { x, y }, radius * 0.1) - eyes;
    return { x, y, depth: near + outline, part: 1 - smooth((out - HEAD) / (BEHIND - HEAD)) };
  });
  return { picture, centre, radius, columns, places, axis: (depth(RIGHT) + depth(LEFT)) / 2 - eyes };
}

/** The head in another place, before what was behind it; the picture gives way around it. */
export function moved(head: Head, { yaw, nearer }: Place): Picture {
  const { picture, centre, axis, radius, places, columns } = head;
  const [sin, cos] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)];
  const far = DISTANCE * 2 * radius;
  const vertices = places.map(({ x, y, depth, part }): Vertex => {
    if (part === 0) return { u: x, v: y, x, y, z: BACKGROUND };
    const [across, down, deep] = [(x - centre.x) * (1 + depth / far), (y - centre.y) * (1 + depth / far), depth - axis];
    const turned = axis + deep * cos + across * sin;
    const scale = far / (far / nearer + turned);
    const to = { x: centre.x + (across * cos - deep * sin) * scale, y: centre.y + down * scale };
    return {
      ...{ u: x, v: y, x: x + (to.x - x) * part, y: y + (to.y - y) * part },
      z: turned * part + BACKGROUND * (1 - part),
    };
  });
  return drawSurface(picture, picture, { columns, vertices });
}

function nearbyDepth(points: readonly Point[], depths: readonly number[], { x, y }: Point, width: number): number {
  let [sum, weights] = [0, 0];
  points.forEach((point, i) => {
    const distance = ((point.x - x) ** 2 + (point.y - y) ** 2) / (2 * width * width);
    const weight = Math.exp(-distance) + 1e-6 / (1 + distance);
    sum += weight * (depths[i] as number);
    weights += weight;
  });
  return sum / weights;
}

function smooth(part: number): number {
  const t = Math.min(Math.max(part, 0), 1);
  return t * t * (3 - 2 * t);
}
