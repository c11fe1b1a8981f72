import { describe, expect, it } from 'vitest';
import { CAPTURE_OUTCOMES } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { judgeCapture, meanDirection, type Observation, type Thresholds, templateOf } from '../index.ts';

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
