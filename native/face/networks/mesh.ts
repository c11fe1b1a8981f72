import { type Picture, type Point, type Similarity, throughSimilarity, warp } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { BLENDSHAPE_POINTS } from './mesh-points.ts';
import { type Network, valuesOf } from './network.ts';
import { withScratch } from './scratch.ts';

/** 478 points of one face, as MediaPipe numbers them, in pixels of the picture. */
export type Mesh = {
  readonly points: readonly Point[];
  /** How far behind the others each lies, by the network's own idea of a head, in the same pixels. */
  readonly depths: readonly number[];
  /** How sure the network is that this is a face, 0..1. */
  readonly presence: number;
};

/** What a face does, each 0..1, from the blendshapes of those names. */
export type Expression = {
  readonly blinkLeft: number;
  readonly blinkRight: number;
  readonly jawOpen: number;
};

const SIDE = 256;
const COUNT = 478;
/** The square around a detected box that holds a whole head upright, and the one around a mesh. */
const [AROUND_BOX, AROUND_MESH] = [1.5, 1.5];

/**
 * Google's face_landmarks_detector on the face turned upright.
 * @param before the same face's mesh in a frame shortly before: a better frame for this one than the detector's box
 */
export async function fitMesh(network: Network, picture: Picture, face: FaceBox, before?: Mesh): Promise<Mesh> {
  const square = before ? aroundMesh(before) : aroundBox(face);
  const outputs = await withScratch(3 * SIDE * SIDE, (out) =>
    network(warp(picture, square, SIDE, 'interleaved-rgb-1', out), [1, SIDE, SIDE, 3]),
  );
  const values = valuesOf(outputs, 'Identity');
  const points = Array.from({ length: COUNT }, (_, i) =>
    throughSimilarity(square, { x: values[3 * i] as number, y: values[3 * i + 1] as number }),
  );
  const scale = Math.hypot(square.a, square.b);
  const depths = points.map((_, i) => (values[3 * i + 2] as number) * scale);
  const [logit = Number.NaN] = valuesOf(outputs, 'Identity_1');
  return { points, depths, presence: 1 / (1 + Math.exp(-logit)) };
}

/** The 52 blendshapes of a mesh, of which a station uses these. */
export async function readExpression(network: Network, { points }: Mesh): Promise<Expression> {
  const input = new Float32Array(BLENDSHAPE_POINTS.length * 2);
  BLENDSHAPE_POINTS.forEach((index, i) => {
    const { x, y } = points[index] as Point;
    input[2 * i] = x;
    input[2 * i + 1] = y;
  });
  const scores = valuesOf(await network(input, [1, BLENDSHAPE_POINTS.length, 2]), 'StatefulPartitionedCall');
  const at = (index: number): number => scores[index] as number;
  return {
    blinkLeft: at(9),
    blinkRight: at(10),
    jawOpen: at(25),
  };
}

function aroundBox({ x, y, width, height, landmarks: [left, right] }: FaceBox): Similarity {
  return square(
    { x: x + width / 2, y: y + height / 2 },
    Math.max(width, height) * AROUND_BOX,
    Math.atan2(right.y - left.y, right.x - left.x),
  );
}

/** Outer corners of the eyes. */
const [RIGHT_EYE, LEFT_EYE] = [33, 263];

function aroundMesh({ points }: Mesh): Similarity {
  const [left, right] = [points[RIGHT_EYE] as Point, points[LEFT_EYE] as Point];
  let [west, east, north, south] = [left.x, left.x, left.y, left.y];
  for (const { x, y } of points) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return square(
    { x: (west + east) / 2, y: (north + south) / 2 },
    Math.max(east - west, south - north) * AROUND_MESH,
    Math.atan2(right.y - left.y, right.x - left.x),
  );
}

/** The crop's pixels onto a square of the picture, turned by an angle about its centre. */
function square(centre: Point, side: number, angle: number): Similarity {
  const scale = side / SIDE;
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const half = SIDE / 2;
  return { a, b, tx: centre.x - (a * half - b * half), ty: centre.y - (b * half + a * half) };
}
