import { fitSimilarity, mirrored, type Picture, type Point, warp } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { type Network, onlyOutput, planes } from './network.ts';

/** How a network wants a face cut out: eyes, nose and mouth corners at these places of a square. */
export type Cut = { readonly size: number; readonly points: readonly Point[] };
const cutOf = (size: number, points: readonly (readonly [number, number])[]): Cut => ({
  size,
  points: points.map(([x, y]) => ({ x, y })),
});

/** As ArcFace was trained with, and most networks since. */
const ARC_FACE = cutOf(112, [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
]);

/** As the Open Model Zoo's networks want it. */
const OPEN_MODEL_ZOO = cutOf(128, [
  [40.3928, 59.08148608],
  [87.37573376, 59.08148608],
  [64.0336, 81.98468608],
  [44.73240064, 105.56057088],
  [83.63986688, 105.56057088],
]);

/** By the beginning of the file's name. SFace has never been run here. */
const CUTS: readonly (readonly [string, Cut])[] = [
  ['espressif-mbf', ARC_FACE],
  ['face-reidentification-retail-0095', OPEN_MODEL_ZOO],
  ['face_recognition_sface', ARC_FACE],
];

/** What quality is judged on, whoever embeds: how sharp a face is hangs on how it is cut out, and limits are of this one. */
export const QUALITY_CUT = OPEN_MODEL_ZOO;

/** @param file of the embedder. @throws Error where nobody knows */
export function cutFor(file: string): Cut {
  const known = CUTS.find(([name]) => file.startsWith(name));
  if (!known) throw new Error(`nobody wrote down how ${file} wants its faces`);
  return known[1];
}

/** The face turned upright and cut out: planar BGR. */
export const alignFace = (picture: Picture, face: FaceBox, { points, size }: Cut): Float32Array =>
  warp(picture, fitSimilarity(face.landmarks, points), size);

/**
 * The sum of the face's and its mirror image's embedding, which is a little steadier.
 * @param pair the same network twice; where they run on two threads, the two images run side by side
 * @returns a unit vector
 */
export async function embed(
  pair: readonly [Network, Network],
  aligned: Float32Array,
  { size }: Cut,
): Promise<Float32Array> {
  const images = [mirrored(aligned, size), aligned] as const;
  const both = await Promise.all(pair.map((network, i) => network(images[i] as Float32Array, planes(size, size))));
  return meanDirection(both.map((outputs) => unitVector(onlyOutput(outputs))));
}

/** That of the face alone: half the work of `embed`, and comparable with what that gives. @returns a unit vector */
export async function embedOnce(network: Network, aligned: Float32Array, { size }: Cut): Promise<Float32Array> {
  return unitVector(onlyOutput(await network(aligned, planes(size, size))));
}

function unitVector(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/** Cosine of the angle between two unit vectors. */
export function cosine(p: Float32Array, q: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (p[i] as number) * (q[i] as number);
  return sum;
}

/** One direction for several looks at the same face. */
export function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  return unitVector(sum);
}
