import type { Comparisons } from './comparisons.ts';
import type { AtThreshold, Figures, OperatingPoint } from './evaluation.ts';
import { atFmr, balancedCurve, type ErrorRates, equalErrorRate, errorCurve, ratesAt, wilson } from './verification.ts';

/** No figure is given for a rate that the strangers at hand are too few to show. */
const TARGETS = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5] as const;

/** @param thresholds that a station uses, to see what they do here */
export function figuresOf(
  { people, genuine, impostor }: Comparisons,
  thresholds: readonly Pick<AtThreshold, 'name' | 'threshold'>[],
): Figures {
  const [same, others] = [genuine.scores, impostor.scores];
  const curve = errorCurve(same, others);
  return {
    ...{ people, genuine: same.length, impostor: others.length, curve },
    eer: equalErrorRate(curve),
    points: pointsOf(curve, others.length, same.length),
    balanced: pointsOf(balancedCurve(genuine, impostor), impostor.each, genuine.each),
    atThresholds: thresholds.map(({ name, threshold }) => {
      const rates = ratesAt(same, others, threshold);
      return {
        ...{ name, ...rates },
        fmrInterval: wilson(Math.round(rates.fmr * others.length), others.length),
        fnmrInterval: wilson(Math.round(rates.fnmr * same.length), same.length),
      };
    }),
  };
}

/** @param impostor how many strangers show the rates @param genuine of how many the intervals are */
const pointsOf = (curve: readonly ErrorRates[], impostor: number, genuine: number): readonly OperatingPoint[] =>
  TARGETS.filter((target) => target === 1e-3 || target * impostor >= 1).map((targetFmr) => {
    const point = atFmr(curve, targetFmr);
    return { targetFmr, ...point, fnmrInterval: wilson(Math.round(point.fnmr * genuine), genuine) };
  });
