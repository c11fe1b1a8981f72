import type { Point } from '../picture/pixels.ts';
import type { Mesh } from './mesh.ts';

/** What of a face lies in about one plane, what stands out before it, and what falls back behind it; in the picture. */
export type Shape = {
  /** The corners of both eyes and of the mouth; the first and the last of the eyes are the outer ones. */
  readonly plane: readonly Point[];
  readonly nose: Point;
  /** Where the face ends before the ears: the picture's left, and its right. */
  readonly edges: readonly [left: Point, right: Point];
};

const PLANE = [33, 133, 362, 263, 61, 291];
const NOSE = 1;
const [LEFT_EDGE, RIGHT_EDGE] = [234, 454];

export function shapeOf({ points }: Mesh): Shape {
  const point = (index: number): Point => points[index] as Point;
  return { plane: PLANE.map(point), nose: point(NOSE), edges: [point(LEFT_EDGE), point(RIGHT_EDGE)] };
}
