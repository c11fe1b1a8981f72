import type { Shape } from '../networks/shape.ts';
import type { Point } from '../picture/pixels.ts';

/**
 * How deep a face is, seen from how it moves when it is turned.
 *
 * The corners of eyes and mouth lie in about one plane, and a plane that is turned is squeezed and sheared as a whole: an
 * affine map, fitted to those corners, says where every other point of that plane has to go. A nose stands `h` before
 * the plane, so on turning by θ it runs ahead of where the plane would have it, by `h sin θ`; the edge of the cheek towards
 * which the face turns lies behind the plane and stays back by as much as it is deep. The sum of both, over `sin θ` and the
 * distance of the eyes, is the relief: what a face has between nose and cheek, whatever the angle.
 *
 * On a plane both are nothing. On a sheet that is bent round an upright cylinder of radius R what is printed at `u` lies
 * `R (1 - cos(u / R))` behind the middle: a nose in the middle stands out a little, as the eyes beside it fall back, and far
 * less than a nose does, unless the sheet is bent more sharply than a head is.
 *
 * @param yaw by how many degrees it was turned, positive where the nose went to the right of the picture
 * @returns in distances of the outer corners of the eyes; not a number where there is no turn
 */
export function reliefOf(rest: Shape, turned: Shape, yaw: number): number {
  const { map, scale } = fitAffine(rest.plane, turned.plane);
  const [restLeft, restRight] = [rest.plane[0] as Point, rest.plane[3] as Point];
  const [left, right] = [turned.plane[0] as Point, turned.plane[3] as Point];
  const eyes = Math.hypot(restRight.x - restLeft.x, restRight.y - restLeft.y);
  const width = Math.hypot(right.x - left.x, right.y - left.y);
  /** How far ahead of the plane a point ran along the line of the eyes, to the right. */
  const ahead = (before: Point, after: Point): number => {
    const { x, y } = map(before);
    return ((after.x - x) * (right.x - left.x) + (after.y - y) * (right.y - left.y)) / (width * eyes * scale);
  };
  const side = yaw > 0 ? 1 : 0;
  const nose = ahead(rest.nose, turned.nose);
  const edge = ahead(rest.edges[side], turned.edges[side]);
  return (nose - edge) / Math.sin((yaw * Math.PI) / 180);
}

/**
 * The affine map that best carries `from` onto `to`, least squares, and how much it stretches what it stretches most: by how
 * much the face is nearer now, as turning only squeezes.
 */
function fitAffine(from: readonly Point[], to: readonly Point[]) {
  const [p, q] = [meanOf(from), meanOf(to)];
  let [xx, xy, yy, ux, uy, vx, vy] = [0, 0, 0, 0, 0, 0, 0];
  from.forEach((point, i) => {
    const target = to[i] as Point;
    const [x, y, u, v] = [point.x - p.x, point.y - p.y, target.x - q.x, target.y - q.y];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    ux += u * x;
    uy += u * y;
    vx += v * x;
    vy += v * y;
  });
  const det = xx * yy - xy * xy;
  const [a, b] = [(ux * yy - uy * xy) / det, (uy * xx - ux * xy) / det];
  const [c, d] = [(vx * yy - vy * xy) / det, (vy * xx - vx * xy) / det];
  const map = ({ x, y }: Point): Point => ({
    x: q.x + a * (x - p.x) + b * (y - p.y),
    y: q.y + c * (x - p.x) + d * (y - p.y),
  });
  // The larger singular value of a 2 x 2 matrix.
  const scale = (Math.hypot(a + d, b - c) + Math.hypot(a - d, b + c)) / 2;
  return { map, scale };
}

const meanOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
