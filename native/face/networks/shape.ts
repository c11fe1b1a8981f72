import type { Point } from '../picture/pixels.ts';
import type { Mesh } from './mesh.ts';

/** What of a face lies in about one plane, what stands out before it, and what falls back behind it; in the picture. */
export type Shape = {
  /** The corners of both eyes and of the mouth; the first and the last of the eyes are the outer ones. */
  readonly plane: readonly Point[];
  readonly nose: Point;
  /** Where the face ends before the ears: the picture's left, and its right. */
  readonly edges: readonly [left: Point, right: Point];
  /**
   * By how many degrees the head is turned, positive where the nose points to the right of the picture, from how deep the network
   * has one edge behind the other. Turned heads are told by it more evenly to both sides than by the pose network, and turned
   * sheets less.
   */
  readonly yaw: number;
};

const PLANE = [33, 133, 362, 263, 61, 291];
const NOSE = 1;
const [LEFT_EDGE, RIGHT_EDGE] = [234, 454];

export function shapeOf({ points, depths }: Mesh): Shape {
  const point = (index: number): Point => points[index] as Point;
  const edges = [point(LEFT_EDGE), point(RIGHT_EDGE)] as const;
  const behind = (depths[RIGHT_EDGE] as number) - (depths[LEFT_EDGE] as number);
  const yaw = (Math.atan2(behind, Math.hypot(edges[1].x - edges[0].x, edges[1].y - edges[0].y)) * 180) / Math.PI;
  return { plane: PLANE.map(point), nose: point(NOSE), edges, yaw };
}
