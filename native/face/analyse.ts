import * as ort from 'onnxruntime-node';
import type { Reason } from '../../contract/reasons.ts';
import { liveScore } from './anti-spoof.ts';
import { detectFaces, type FaceBox } from './detector.ts';
import { alignFace, embed } from './embedder.ts';
import type { ModelRole } from './model-store.ts';
import type { Picture } from './pixels.ts';
import { CHECK_IN_LIMITS, measureQuality, type Quality, qualityReason } from './quality.ts';

export type Observation = {
  /** Everybody found, largest first. */
  readonly faces: readonly FaceBox[];
  /** The one face of the picture, looked at closely; absent where there is none, or more than one, or it is unusable. */
  readonly person?: { readonly quality: Quality; readonly live: number; readonly embedding: Float32Array };
  /** Why there is no `person`. */
  readonly reason?: Reason;
  readonly costMs: { readonly detect: number; readonly quality: number; readonly live: number; readonly embed: number };
};

/** One face as the networks see it, whether or not it may be compared. */
export type Description = {
  readonly faces: readonly FaceBox[];
  readonly subject?: { readonly face: FaceBox; readonly quality: Quality; readonly embedding: Float32Array };
};

export type Networks = Readonly<Record<ModelRole, ort.InferenceSession>>;

/** Faces narrower than this part of the largest are bystanders far behind or pictures on a wall, not a second person. */
const BYSTANDER = 0.4;

export async function openNetworks(weights: Record<ModelRole, Uint8Array>, threads: number): Promise<Networks> {
  const options: ort.InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  };
  const entries = Object.entries(weights).map(async ([role, bytes]) => [
    role,
    await ort.InferenceSession.create(bytes, options),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Networks;
}

/** Detect, then only as deep as the frame deserves: quality, passive liveness, embedding. */
export async function analyse(nets: Networks, picture: Picture): Promise<Observation> {
  const costMs = { detect: 0, quality: 0, live: 0, embed: 0 };
  const timed = async <T>(stage: keyof typeof costMs, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    costMs[stage] = performance.now() - start;
    return result;
  };
  const faces = await timed('detect', () => detectFaces(nets.detector, picture));
  const [face, second] = faces;
  if (!face) return { faces, reason: 'no-face', costMs };
  if (second && second.width > face.width * BYSTANDER) return { faces, reason: 'several-faces', costMs };
  const aligned = alignFace(picture, face);
  const quality = await timed('quality', () => measureQuality(face, aligned));
  const reason = qualityReason(face, quality, picture, CHECK_IN_LIMITS);
  if (reason) return { faces, reason, costMs };
  const live = await timed('live', () => liveScore({ v2: nets.antiSpoofV2, v1se: nets.antiSpoofV1SE }, picture, face));
  const embedding = await timed('embed', () => embed(nets.embedder, aligned));
  if (!Number.isFinite(live) || !embedding.every(Number.isFinite)) return { faces, reason: 'models-failed', costMs };
  return { faces, person: { quality, live, embedding }, costMs };
}

/** Describes whom a photo is of. No limits: for judging the networks, not people. */
export async function describe(nets: Networks, picture: Picture): Promise<Description> {
  const faces = await detectFaces(nets.detector, picture);
  const face = subjectOf(faces, picture);
  if (!face) return { faces };
  const aligned = alignFace(picture, face);
  return {
    faces,
    subject: { face, quality: measureQuality(face, aligned), embedding: await embed(nets.embedder, aligned) },
  };
}

/** Passive liveness of whom a photo is of, 0..1, with no limits either; `null` where there is no face. */
export async function presentation(nets: Networks, picture: Picture): Promise<number | null> {
  const face = subjectOf(await detectFaces(nets.detector, picture), picture);
  return face ? liveScore({ v2: nets.antiSpoofV2, v1se: nets.antiSpoofV1SE }, picture, face) : null;
}

/** The face that covers the middle of a photo, or the largest. */
const subjectOf = (faces: readonly FaceBox[], { width, height }: Picture): FaceBox | undefined =>
  faces.find((face) => covers(face, width / 2, height / 2)) ?? faces[0];

const covers = ({ x, y, width, height }: FaceBox, u: number, v: number): boolean =>
  u >= x && u <= x + width && v >= y && v <= y + height;
