import type { Gesture } from '../../contract/words/exam.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { type FaceEngine, type Observation, type Signs, shippedCalibration } from '../../native/face/index.ts';
import { head, MADE, shapeOn } from '../../native/face/judge/made.fixture.ts';

/** Eyes that see what a test says they see. */
const scene = { mean: 120, contrast: 50 };
export const AT_EASE: Signs = { yaw: 0, pitch: 0, roll: 0, eyesOpen: 1, mouthOpen: 0 };
const face = (track: number, nearer = 1): Observation['faces'][number] => {
  const point = { x: 0, y: 0 };
  const landmarks = [point, point, point, point, point] as const;
  return { ...{ x: 270, y: 170, width: 100 * nearer, height: 130 * nearer, score: 0.9 }, landmarks, track };
};

/** One usable face. `track` is another where somebody else has sat down; `nearer` is how many times as large it is. */
export const aPerson = (
  embedding: Float32Array,
  { live = 0.99, track = 1, signs = AT_EASE, nearer = 1 } = {},
): Observation => ({
  ...{ scene, faces: [face(track, nearer)], quality: [], signs, shape: shapeOn(head, signs), costMs: {} },
  person: { live, embedding },
});
/** What `aPerson` looks like who makes a gesture; at ease where none is asked for. */
export const making = (gesture: Gesture | undefined): { readonly signs: Signs; readonly nearer: number } => {
  const { signs = {}, nearer = 1 } = gesture ? MADE[gesture] : {};
  return { signs: { ...AT_EASE, ...signs }, nearer };
};

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
