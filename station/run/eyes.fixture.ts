import type { Reason } from '../../contract/words/reasons.ts';
import { type FaceEngine, type Observation, type Signs, shippedCalibration } from '../../native/face/index.ts';

/** Eyes that see what a test says they see. */
const scene = { mean: 120, contrast: 50 };
export const AT_EASE: Signs = { yaw: 0, pitch: 0, roll: 0, eyesOpen: 1, mouthOpen: 0 };
const face = (track: number): Observation['faces'][number] => {
  const point = { x: 0, y: 0 };
  const landmarks = [point, point, point, point, point] as const;
  return { ...{ x: 270, y: 170, width: 100, height: 130, score: 0.9 }, landmarks, track };
};

/** One usable face. `track` is another where somebody else has sat down. */
export const aPerson = (embedding: Float32Array, { live = 0.99, track = 1, signs = AT_EASE } = {}): Observation => ({
  ...{ scene, faces: [face(track)], quality: [], signs, costMs: {} },
  person: { live, embedding },
});

/** A picture in which nobody can be compared. */
export const nobodyUsable = (reason: Reason): Observation => ({
  ...{ scene, quality: [], reason, costMs: {} },
  faces: reason === 'no-face' ? [] : reason === 'several-faces' ? [face(1), face(2)] : [face(1)],
});

export const eyesThat = (observe: FaceEngine['observe']): FaceEngine => ({
  embedder: shippedCalibration.embedder,
  // What is lent moves away and comes back, as with real ones.
  async observe(picture, wish) {
    const seen = await observe(picture, wish);
    picture.giveBack?.(structuredClone(picture.pixels, { transfer: [picture.pixels.buffer as ArrayBuffer] }));
    return seen;
  },
  async enrol(photo) {
    const { person, reason } = await observe(photo);
    return person
      ? { ok: true, embedding: person.embedding, quality: [] }
      : { ok: false, reasons: reason ? [reason] : [], quality: [] };
  },
  describe: async () => ({ faces: 0 }),
  presentation: async () => null,
  rehearse: () => Promise.reject(new Error('nothing to rehearse')),
  lanes: 1,
  close: async () => undefined,
});
