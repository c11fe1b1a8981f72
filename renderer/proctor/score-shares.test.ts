import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCalibration } from '../../native/face/index.ts';
import { type Curve, sharesAt, stretchesOf } from './score-shares.ts';

const CURVE: Curve = [
  { at: 0, genuineBelow: 0, strangersFrom: 1 },
  { at: 0.4, genuineBelow: 0.02, strangersFrom: 0.1 },
  { at: 0.8, genuineBelow: 1, strangersFrom: 0 },
];

describe('what a similarity means', () => {
  it.each([
    [0.4, 0.02, 0.1],
    [0.6, 0.51, 0.05],
    [-0.3, 0, 1],
    [0.95, 1, 0],
  ])('at %d, %d of the right people are less alike, and %d of strangers as alike or more', (at, genuine, strangers) => {
    const shares = sharesAt(CURVE, at);
    expect(shares?.genuineBelow).toBeCloseTo(genuine);
    expect(shares?.strangersFrom).toBeCloseTo(strangers);
  });

  it('is nothing where nothing was measured', () => {
    expect(sharesAt([], 0.5)).toBeUndefined();
  });

  it('never speaks more for the person, and less against a stranger, where less was measured', () => {
    const { curve = [] } = shippedCalibration;
    const similarity = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(similarity, similarity, (one, other) => {
        const [low, high] = [sharesAt(curve, Math.min(one, other)), sharesAt(curve, Math.max(one, other))];
        return low && high && low.genuineBelow <= high.genuineBelow && low.strangersFrom >= high.strangersFrom;
      }),
    );
    expect(curve.length).toBeGreaterThan(10);
  });

  it('parts all that was measured between its stretches', () => {
    const { curve = [] } = shippedCalibration;
    const stretches = stretchesOf(curve);
    const sum = (of: 'genuine' | 'strangers') => stretches.reduce((total, stretch) => total + stretch[of], 0);
    expect(sum('strangers')).toBeCloseTo((curve[0]?.strangersFrom ?? 0) - (curve.at(-1)?.strangersFrom ?? 0));
    expect(sum('genuine')).toBeCloseTo((curve.at(-1)?.genuineBelow ?? 0) - (curve[0]?.genuineBelow ?? 0));
    for (const { genuine, strangers } of stretches) expect(Math.min(genuine, strangers)).toBeGreaterThanOrEqual(0);
  });
});
