import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../contract/words/ids.ts';
import {
  type AddedFace,
  faceToAdd,
  judgeCapture,
  type Observation,
  shippedCalibration,
  sureFrom,
  type Thresholds,
  templateOf,
} from '../index.ts';
import { CAMERA_LIMITS, COMPONENTS } from '../quality/limits.ts';
import { judgeQuality, type Values } from '../quality/report.ts';
import { GOOD_FACE } from '../quality/values.fixture.ts';

const CURVE = [
  { at: 0.5, genuineBelow: 0.2, strangersFrom: 0.01 },
  { at: 0.6, genuineBelow: 0.5, strangersFrom: 0.001 },
  { at: 0.7, genuineBelow: 0.6, strangersFrom: 0 },
  { at: 0.8, genuineBelow: 0.9, strangersFrom: 0 },
];
const THRESHOLDS: Thresholds = {
  ...{ embedder: 'net@1', accept: 0.55, refuseBelow: 0.4, sameFace: 0.5, live: 0.5, curve: CURVE },
};
/** A unit vector at this cosine to the photo. */
const at = (cosine: number): Float32Array => Float32Array.from([cosine, Math.sqrt(1 - cosine ** 2), 0]);
const PHOTO = templateOf('net@1', [at(1)]);
const seen = (cosine: number, values: Values = {}, live = 0.9): Observation => ({
  ...{ scene: { mean: 120, contrast: 50 }, faces: [], costMs: {} },
  quality: judgeQuality({ ...GOOD_FACE, ...values }, CAMERA_LIMITS),
  person: { live, embedding: at(cosine) },
});
/** So many degrees from the photo. */
const seenAt = (degrees: number): Observation => {
  const angle = (degrees * Math.PI) / 180;
  const embedding = Float32Array.from([Math.cos(angle), Math.sin(angle), 0]);
  return { ...seen(0), person: { live: 0.9, embedding } };
};
const add = (...looked: readonly Observation[]) => faceToAdd(looked, PHOTO, THRESHOLDS);

describe('a score that leaves no doubt', () => {
  it('is above accept, where no stranger comes and half of the right people do not', () => {
    expect(sureFrom(THRESHOLDS)).toBe(0.7);
    expect(sureFrom({ ...THRESHOLDS, accept: 0.75 })).toBe(0.8);
  });

  it('of the calibration that ships lies above accept by more than accept lies above strangers', () => {
    const { accept, curve = [] } = shippedCalibration;
    const likest = curve.findLast(({ strangersFrom }) => strangersFrom > 0)?.at ?? Number.NaN;
    expect((sureFrom(shippedCalibration) ?? 0) - accept).toBeGreaterThan(accept - likest);
  });

  it('is none where nobody measured what scores mean, or strangers reach all of them', () => {
    expect(sureFrom({ accept: 0.55 })).toBeUndefined();
    const reached = CURVE.map((point) => ({ ...point, strangersFrom: 0.001 }));
    expect(sureFrom({ accept: 0.55, curve: reached })).toBeUndefined();
    expect(faceToAdd([seen(0.99)], PHOTO, { ...THRESHOLDS, curve: undefined })).toBeUndefined();
  });
});

describe('the face that is added', () => {
  it('is the best of the look: the fewest warnings of a reference photo, then the most alive', () => {
    const wide = { HeadPoseYaw: 15 };
    const face = add(seen(0.95, wide, 0.99), seen(0.9, {}, 0.8), seen(0.85, {}, 0.9));
    expect(face?.vector).toEqual(at(0.85));
    expect(face?.similarity).toBeCloseTo(0.85, 5);
  });

  it.each([
    ['is only accepted', [seen(0.65), seen(0.65)]],
    [
      'is sure as a whole, and not in its best face',
      [seen(0.65), seen(0.99, { HeadPoseYaw: 15 }), seen(0.99, { HeadPoseYaw: 15 })],
    ],
    [
      'is sure in its best face, and not as a whole',
      [seen(0.75), seen(0.2, { HeadPoseYaw: 15 }), seen(0.2, { HeadPoseYaw: 15 })],
    ],
    ['is not live', [seen(0.9, {}, 0.1), seen(0.9, {}, 0.1)]],
    ['no photo could be', [seen(0.9, { Sharpness: 0.006 })]],
    ['nobody looked at closely', [{ ...seen(0.9), quality: [] }]],
    ['shows nobody', [{ ...seen(0.9), person: undefined } as unknown as Observation]],
    ['is empty', []],
  ])('is none of a look that %s', (_, looked) => {
    expect(add(...looked)).toBeUndefined();
  });

  it('is known by the photos, and by nothing that was added before', () => {
    const added = [{ template: Sha256.parse('a'.repeat(64)), vector: at(0.6) }];
    const look = [seen(0.65), seen(0.65)];
    expect(faceToAdd(look, { ...PHOTO, added }, THRESHOLDS)).toBeUndefined();
  });

  it('is none of another network', () => {
    expect(faceToAdd([seen(0.95)], { ...PHOTO, model: 'net@2' }, THRESHOLDS)).toBeUndefined();
  });
});

it('never drifts: whoever came before, each face is one that the photo knows without doubt, and so is everybody let in', () => {
  const turned = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
  // Each a little further than the one before, to either side.
  const walk = fc.array(fc.integer({ min: -10, max: 25 }), { minLength: 1, maxLength: 40 });
  let [added, letInByThem] = [0, 0];
  fc.assert(
    fc.property(walk, (steps) => {
      let kept: readonly AddedFace[] = [];
      let degrees = 0;
      for (const step of steps) {
        degrees += step;
        const [look, cosine] = [[seenAt(degrees)], turned(degrees)];
        const { outcome, byAdded } = judgeCapture(look, { ...PHOTO, added: kept }, THRESHOLDS);
        if (outcome === 'match') expect(cosine).toBeGreaterThan(THRESHOLDS.refuseBelow - 1e-6);
        if (byAdded) letInByThem += 1;
        const face = outcome === 'match' ? faceToAdd(look, { ...PHOTO, added: kept }, THRESHOLDS) : undefined;
        if (!face) continue;
        added += 1;
        expect(cosine).toBeGreaterThan(0.7 - 1e-6);
        kept = [{ template: Sha256.parse('a'.repeat(64)), vector: face.vector }, ...kept].slice(0, 3);
      }
    }),
  );
  // Where no face was added, or none had a say, nothing was shown.
  expect(added).toBeGreaterThan(50);
  expect(letInByThem).toBeGreaterThan(5);
});

it('has a value for everything that is looked at', () => {
  expect(Object.keys(GOOD_FACE).toSorted()).toEqual([...COMPONENTS].toSorted());
});
