import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURE_OUTCOMES } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { judgeCapture, meanDirection, type Observation, type Thresholds, templateOf } from '../index.ts';
import { CAMERA_LIMITS } from '../quality/limits.ts';
import type { Verdict } from '../quality/report.ts';

const THRESHOLDS: Thresholds = { embedder: 'net@1', accept: 0.6, refuseBelow: 0.4, sameFace: 0.5, live: 0.5 };
const NOTHING = { scene: { mean: 120, contrast: 50 }, faces: [], quality: [], costMs: {} } as const;

/** A unit vector at this cosine to the reference. */
function at(cosine: number): Float32Array {
  const embedding = new Float32Array(256);
  embedding[0] = cosine;
  embedding[1] = Math.sqrt(1 - cosine ** 2);
  return embedding;
}
const REFERENCE = templateOf('net@1', [at(1)]);
const seen = (cosine: number, live = 0.9): Observation => ({
  ...NOTHING,
  person: { live, embedding: at(cosine) },
});
const not = (reason: Reason): Observation => ({ ...NOTHING, reason });
const judge = (observations: readonly Observation[]) => judgeCapture(observations, REFERENCE, THRESHOLDS);
const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

describe('a capture', () => {
  it.each([
    ['the same person', times(5, seen(0.9)), 'match'],
    ['somebody else', times(5, seen(0.1)), 'mismatch'],
    ['somebody in between', times(5, seen(0.5)), 'uncertain'],
    ['just enough alike', times(5, seen(0.6001)), 'match'],
    ['just too little alike', times(5, seen(0.5999)), 'uncertain'],
    ['just not somebody else', times(5, seen(0.4001)), 'uncertain'],
    ['just somebody else', times(5, seen(0.3999)), 'mismatch'],
    ['the right person on a photo', times(5, seen(0.9, 0.1)), 'not-live'],
    ['somebody else on a photo', times(5, seen(0.1, 0.1)), 'not-live'],
    ['just live enough', times(5, seen(0.9, 0.5)), 'match'],
    ['nobody', times(5, not('no-face')), 'no-face'],
    ['two people', times(5, not('several-faces')), 'several-faces'],
    ['a blurred face', times(5, not('face-blurred')), 'uncertain'],
    ['a dark room', times(5, not('too-dark')), 'uncertain'],
    ['no frame at all', [], 'uncertain'],
    ['one frame', [seen(0.9)], 'match'],
    ['mostly two people', [...times(3, not('several-faces')), ...times(2, seen(0.9))], 'several-faces'],
    ['mostly nobody', [...times(3, not('no-face')), ...times(2, seen(0.9))], 'no-face'],
    ['half of it the right person', [...times(2, not('no-face')), ...times(2, seen(0.9))], 'match'],
    ['one odd frame of somebody else', [seen(0.1), ...times(4, seen(0.9))], 'match'],
    ['one odd frame of the right person', [seen(0.9), ...times(4, seen(0.1))], 'mismatch'],
    ['one odd frame that is not live', [seen(0.9, 0.01), ...times(4, seen(0.9))], 'match'],
    ['one odd frame that is live', [seen(0.9, 0.99), ...times(4, seen(0.9, 0.01))], 'not-live'],
  ] as const)('of %s', (_, observations, outcome) => {
    expect(judge(observations).outcome).toBe(outcome);
  });

  it('has an example of every outcome in this file', () => {
    const made = [seen(0.9), seen(0.1), seen(0.5), seen(0.9, 0), not('no-face'), not('several-faces')];
    expect(new Set(made.map((one) => judge([one]).outcome))).toEqual(new Set(CAPTURE_OUTCOMES));
  });

  it('says how alike and how live, over how many frames', () => {
    const capture = judge([...times(3, seen(0.8, 0.7)), not('too-dark')]);
    expect(capture).toMatchObject({ live: 0.7, frames: 4, usable: 3 });
    expect(capture.similarity).toBeCloseTo(0.8, 5);
  });

  const noise = (verdict: Verdict): Observation['quality'] => [
    { component: 'Noise', value: 12, limit: CAMERA_LIMITS.Noise, verdict },
  ];
  const noisy = (cosine: number, live = 0.1): Observation => ({ ...seen(cosine, live), quality: noise('warn') });

  it.each([
    ['the right person, who looks like a replay', times(5, noisy(0.9)), 'uncertain', 'picture-noisy'],
    ['the right person, who looks alive', times(5, noisy(0.9, 0.9)), 'match', undefined],
    ['somebody else', times(5, noisy(0.1, 0.9)), 'mismatch', undefined],
    ['somebody else, who looks like a replay', times(5, noisy(0.1)), 'mismatch', undefined],
    ['somebody in between', times(5, noisy(0.5, 0.9)), 'uncertain', 'picture-noisy'],
    [
      'the right person, most of the time',
      [...times(3, noisy(0.9)), ...times(2, seen(0.9, 0.1))],
      'uncertain',
      'picture-noisy',
    ],
    ['a photo, now and then', [...times(2, noisy(0.9)), ...times(3, seen(0.9, 0.1))], 'not-live', undefined],
  ] as const)('in strong noise, of %s', (_, observations, outcome, reason) => {
    const capture = judge(observations);
    expect([capture.outcome, capture.reason]).toEqual([outcome, reason]);
    expect(capture).toMatchObject({ live: expect.any(Number), similarity: expect.any(Number), usable: 5 });
  });

  it('in the noise of any camera is judged as ever', () => {
    const usual = times(5, { ...seen(0.9, 0.1), quality: noise('pass') });
    expect(judge(usual).outcome).toBe('not-live');
  });

  it('in noise lets nobody in who is not let in without', () => {
    const one = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 9 }), (frames) => {
        const clean = judge(frames.map(([cosine, live]) => seen(cosine, live)));
        const { outcome } = judge(frames.map(([cosine, live]) => noisy(cosine, live)));
        expect(outcome === 'match').toBe(clean.outcome === 'match');
        if (clean.outcome === 'mismatch') expect(outcome).toBe('mismatch');
      }),
    );
  });

  it('has no scores where too little could be seen, and the commonest reason', () => {
    const capture = judge([not('too-dark'), not('face-turned'), not('face-turned'), seen(0.9)]);
    expect(capture).toEqual({ outcome: 'uncertain', reason: 'face-turned', frames: 4, usable: 1 });
  });

  it('is fused: two looks that differ are nearer the reference together than alone', () => {
    const left = Float32Array.from(at(0.8));
    const right = Float32Array.from(at(0.8));
    right[1] = -(right[1] as number);
    const observations = [left, right].map((embedding) => ({
      ...seen(0.8),
      person: { live: 0.9, embedding },
    }));
    expect(judge(observations).similarity).toBeCloseTo(1, 5);
    expect(meanDirection([left, right])[0]).toBeCloseTo(1, 5);
  });

  it.each([
    ['liveness', { ...seen(0.9), person: { live: Number.NaN, embedding: at(0.9) } }],
    ['likeness', { ...seen(0.9), person: { live: 0.9, embedding: at(0.9).fill(Number.NaN) } }],
  ])('whose %s is no number is no match', (_, observation) => {
    expect(judge(times(5, observation)).outcome).not.toBe('match');
  });
});
