import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atFmr,
  balancedCurve,
  bestThreshold,
  equalErrorRate,
  errorCurve,
  foldAccuracy,
  ratesAt,
  type Scored,
  wilson,
} from './verification.ts';

/** A millionth apart at least: between two neighbouring doubles there is no threshold. */
const score = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((millionths) => millionths / 1_000_000);
const scores = fc.array(score, { minLength: 1, maxLength: 40 });

describe('the error curve', () => {
  it('says at each threshold what counting says', () =>
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        for (const { threshold, fmr, fnmr } of errorCurve(genuine, impostor)) {
          expect(fmr).toBeCloseTo(impostor.filter((each) => each >= threshold).length / impostor.length, 12);
          expect(fnmr).toBeCloseTo(genuine.filter((each) => each < threshold).length / genuine.length, 12);
        }
      }),
    ));

  it('only ever trades one error for the other', () =>
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const curve = errorCurve(genuine, impostor);
        curve.slice(1).forEach((point, i) => {
          expect(point.fmr).toBeLessThanOrEqual(curve[i]?.fmr ?? 1);
          expect(point.fnmr).toBeGreaterThanOrEqual(curve[i]?.fnmr ?? 0);
        });
        expect(curve.at(-1)).toMatchObject({ fmr: 0, fnmr: 1 });
      }),
    ));

  it('has for every wanted rate the lowest threshold that keeps it', () =>
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (genuine, impostor, wanted) => {
        const curve = errorCurve(genuine, impostor);
        const found = atFmr(curve, wanted);
        expect(found.fmr).toBeLessThanOrEqual(wanted);
        const lower = curve.filter(({ threshold }) => threshold < found.threshold);
        expect(lower.every(({ fmr }) => fmr > wanted)).toBe(true);
      }),
    ));
});

describe('the error curve in which every person counts once', () => {
  const once = (values: readonly number[]) => ({ scores: values, weights: values.map(() => 1), each: values.length });

  it('says what the other does where nobody has more than one', () =>
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        for (const point of balancedCurve(once(genuine), once(impostor)).filter((_, i) => i % 500 === 0)) {
          const { fmr, fnmr } = ratesAt(genuine, impostor, point.threshold);
          expect(point.fmr).toBeCloseTo(fmr, 9);
          expect(point.fnmr).toBeCloseTo(fnmr, 9);
        }
      }),
      { numRuns: 20 },
    ));

  it('counts a person of many photos as much as one of few', () => {
    const genuine = { scores: [0.1, 0.1, 0.1, 0.9], weights: [1 / 3, 1 / 3, 1 / 3, 1], each: 2 };
    const found = balancedCurve(genuine, once([0])).find(({ threshold }) => threshold >= 0.5);
    expect(found?.fnmr).toBeCloseTo(0.5, 9);
  });
});

describe('the equal error rate', () => {
  it('is 0 where a threshold separates them, 1 where they are the wrong way round', () => {
    expect(equalErrorRate(errorCurve([0.8, 0.9], [0.1, 0.2]))).toBe(0);
    expect(equalErrorRate(errorCurve([0.1, 0.2], [0.8, 0.9]))).toBe(1);
  });

  it('is the share that both get wrong where one in four is on the wrong side', () => {
    expect(equalErrorRate(errorCurve([0.2, 0.6, 0.7, 0.8], [0.1, 0.15, 0.18, 0.65]))).toBeCloseTo(0.25, 12);
  });
});

const scored = fc.array(fc.record({ score, same: fc.boolean(), fold: fc.constantFrom('1', '2', '3') }), {
  minLength: 1,
  maxLength: 40,
});
const errorsAt = (pairs: readonly Scored[], threshold: number) =>
  pairs.filter((pair) => pair.score >= threshold !== pair.same).length;

describe('the best threshold', () => {
  it('makes as few mistakes as any', () =>
    fc.assert(
      fc.property(scored, (pairs) => {
        const candidates = [-2, 2, ...pairs.flatMap((pair) => [pair.score, pair.score + 1e-9])];
        const fewest = Math.min(...candidates.map((threshold) => errorsAt(pairs, threshold)));
        expect(errorsAt(pairs, bestThreshold(pairs))).toBe(fewest);
      }),
    ));
});

describe('accuracy over folds', () => {
  it('judges a fold with what the others teach', () => {
    const fold = (name: string, shift: number): Scored[] => [
      { score: 0.6 + shift, same: true, fold: name },
      { score: 0.2 + shift, same: false, fold: name },
    ];
    expect(foldAccuracy([...fold('1', 0), ...fold('2', 0)])).toEqual({ accuracy: 1, standardError: 0, folds: 2 });
    // What was learnt at 0.4 fails where everything lies half a point higher.
    expect(foldAccuracy([...fold('1', 0), ...fold('2', 0.5)]).accuracy).toBe(0.5);
  });
});

describe("Wilson's interval", () => {
  it('is the published one', () => {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [hits, of, from, to] of published) {
      const [low, high] = wilson(hits, of);
      expect(low).toBeCloseTo(from, 4);
      expect(high).toBeCloseTo(to, 4);
    }
  });
});
