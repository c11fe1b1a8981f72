import { fitSimilarity, mirrored, type Picture, warp } from '../picture/pixels.ts';
import type { FaceBox } from './detector.ts';
import { type Network, planes, valuesOf } from './network.ts';

const SIZE = 128;
/** Where face-reidentification-retail-0095 wants eyes, nose and mouth corners, as parts of the square. */
const REFERENCE = [
  [0.31556875, 0.46157411],
  [0.68262292, 0.46157411],
  [0.5002625, 0.64050536],
  [0.34947188, 0.82469196],
  [0.65343646, 0.82469196],
].map(([x, y]) => ({ x: (x as number) * SIZE, y: (y as number) * SIZE }));

/** The face turned upright and cut out: planar BGR, 3 x 128 x 128. */
export const alignFace = (picture: Picture, face: FaceBox): Float32Array =>
  warp(picture, fitSimilarity(face.landmarks, REFERENCE), SIZE);

/**
 * The sum of the face's and its mirror image's embedding, which is a little steadier.
 * @param pair the same network twice; where they run on two threads, the two images run side by side
 * @returns a 256-d unit vector
 */
export async function embed(pair: readonly [Network, Network], aligned: Float32Array): Promise<Float32Array> {
  const images = [mirrored(aligned, SIZE), aligned] as const;
  const both = await Promise.all(pair.map((network, i) => network(images[i] as Float32Array, planes(SIZE, SIZE))));
  return meanDirection(both.map((outputs) => unitVector(valuesOf(outputs, '658'))));
}

export function unitVector(vector: Float32Array): Float32Array {
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
