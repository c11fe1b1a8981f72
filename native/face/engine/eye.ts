import { liveScore } from '../networks/anti-spoof.ts';
import { detectFaces, type FaceBox, SECOND_FACE } from '../networks/detector.ts';
import { alignFace, embed, embedOnce, QUALITY_CUT } from '../networks/embedder.ts';
import type { Mesh } from '../networks/mesh.ts';
import { findThings } from '../networks/objects.ts';
import { shapeOf } from '../networks/shape.ts';
import type { Picture } from '../picture/pixels.ts';
import { geometry } from '../quality/geometry.ts';
import { light } from '../quality/light.ts';
import { CAMERA_LIMITS, PHOTO_LIMITS } from '../quality/limits.ts';
import { noiseOf } from '../quality/noise.ts';
import { firstFault, judgeQuality, type Values } from '../quality/report.ts';
import { scene } from '../quality/scene.ts';
import { skinLight } from '../quality/skin-light.ts';
import type { ModelRole } from '../weights/manifest.ts';
import { lookCloser, SURE } from './closer-look.ts';
import type { Networks } from './networks.ts';
import type { Description, Enrolment, Observation, Wish } from './observation.ts';
import { rehearse } from './rehearse.ts';
import { startStopwatch } from './stopwatch.ts';
import { follow, NO_TRACKS } from './tracks.ts';

/** Looks at pictures: as deep as each deserves, remembering from frame to frame who is who. */
export type Eye = {
  observe(picture: Picture, wish: Wish): Promise<Observation>;
  enrol(photo: Picture): Promise<Enrolment>;
  describe(photo: Picture): Promise<Description>;
  presentation(photo: Picture): Promise<number | null>;
  /** What one run of each network takes here, in milliseconds. */
  rehearse(): Promise<Readonly<Record<ModelRole, number>>>;
};

export function openEye(nets: Networks): Eye {
  let tracks = NO_TRACKS;
  let before: { readonly track: number; readonly mesh: Mesh } | undefined;

  const embedded = async (picture: Picture, face: FaceBox, mirror = true): Promise<Float32Array> => {
    const aligned = alignFace(picture, face, nets.cut);
    const embedding = mirror
      ? await embed([nets.far.embedder, nets.near.embedder], aligned, nets.cut)
      : await embedOnce(nets.far.embedder, aligned, nets.cut);
    mustBeNumbers(...embedding);
    return embedding;
  };
  const observe = async (picture: Picture, wish: Wish): Promise<Observation> => {
    const { costMs, time } = startStopwatch();
    const found = await time('detect', () => detectFaces(nets.near.detector, picture, SECOND_FACE));
    const [faces, next] = follow(tracks, found);
    tracks = next;
    const things = wish.things ? { things: await time('things', () => findThings(nets.near.objects, picture)) } : {};
    const seen = { scene: scene(picture), faces, ...things, costMs };
    const [face] = faces;
    if (!face) before = undefined;
    if (!face) return { ...seen, quality: [], reason: 'no-face' };

    const cheap = await time('quality', () => glanceAt(picture, faces, face));
    const glance = judgeQuality(cheap, CAMERA_LIMITS);
    const fault = firstFault(glance);
    if (fault) before = undefined;
    if (fault) return { ...seen, quality: glance, reason: fault };

    const [live, closer] = await Promise.all([
      wish.depth === 'identify' ? time('live', () => liveScore(nets.far, picture, face)) : undefined,
      time('mesh', () => lookCloser(nets, picture, face, before?.track === face.track ? before.mesh : undefined)),
    ]);
    before = closer.mesh.presence >= SURE ? { track: face.track, mesh: closer.mesh } : undefined;
    const values = { ...cheap, ...closer.values };
    mustBeNumbers(...Object.values(values), live ?? 0);
    const quality = judgeQuality(values, CAMERA_LIMITS);
    const shape = wish.gestures ? { shape: shapeOf(closer.mesh) } : {};
    const lit = wish.light ? skinLight(picture, closer.mesh) : undefined;
    const close = { ...seen, quality, signs: closer.signs, ...shape, ...(lit ? { light: lit } : {}) };
    const reason = firstFault(quality);
    const embedding = () => time('embed', () => embedded(picture, face, wish.mirror));
    if (reason && wish.gestures) return { ...close, reason, glimpse: await embedding() };
    if (reason) return { ...close, reason };
    if (live === undefined) return close;
    return { ...close, person: { live, embedding: await embedding() } };
  };

  return {
    observe,
    async enrol(photo) {
      const faces = await detectFaces(nets.near.detector, photo);
      const [face] = faces;
      if (!face) return { ok: false, reasons: ['no-face'], quality: [] };
      const closer = await lookCloser(nets, photo, face);
      const values = { ...glanceAt(photo, faces, face), ...closer.values };
      mustBeNumbers(...Object.values(values));
      const quality = judgeQuality(values, PHOTO_LIMITS);
      const reasons = quality.flatMap(({ verdict, advice }) => (verdict === 'fail' && advice ? [advice] : []));
      if (reasons.length > 0) return { ok: false, reasons: [...new Set(reasons)], quality };
      return { ok: true, embedding: await embedded(photo, face), quality };
    },
    async describe(photo) {
      const faces = await detectFaces(nets.near.detector, photo);
      const face = subjectOf(faces, photo);
      if (!face) return { faces: 0 };
      const quality = judgeQuality(glanceAt(photo, [face], face), PHOTO_LIMITS);
      const embedding = await embedded(photo, face);
      return { faces: faces.length, subject: { quality, embedding } };
    },
    rehearse: () => rehearse(nets),
    async presentation(photo) {
      const face = subjectOf(await detectFaces(nets.near.detector, photo), photo);
      return face ? liveScore(nets.far, photo, face) : null;
    },
  };
}

/** What costs no network: where the face is, and how it is lit. */
const glanceAt = (picture: Picture, faces: readonly FaceBox[], face: FaceBox): Values => ({
  ...geometry(faces, picture),
  Noise: noiseOf(picture),
  ...light(alignFace(picture, face, QUALITY_CUT)),
});

/** @throws Error where a network gave something else: nothing that hangs on it may be believed */
function mustBeNumbers(...values: readonly number[]): void {
  if (!values.every(Number.isFinite)) throw new Error('a network gave no numbers');
}

/** The face that covers the middle of a photo, or the largest. */
export const subjectOf = (faces: readonly FaceBox[], { width, height }: Picture): FaceBox | undefined =>
  faces.find((face) => covers(face, width / 2, height / 2)) ?? faces[0];

const covers = ({ x, y, width, height }: FaceBox, u: number, v: number): boolean =>
  u >= x && u <= x + width && v >= y && v <= y + height;
