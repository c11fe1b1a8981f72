/** How well scores tell the same person from others: pure figures over lists of cosines. */

export type Scored = { readonly score: number; readonly same: boolean; readonly fold: string };

/** What happens at one threshold: `score >= threshold` is accepted. */
export type ErrorRates = {
  readonly threshold: number;
  /** False match rate: strangers accepted. */
  readonly fmr: number;
  /** False non-match rate: the right person not accepted. */
  readonly fnmr: number;
};

/**
 * Every threshold at which something changes, from accepting all to accepting nobody. O(n log n).
 * @param genuine scores of the same person, at least one
 * @param impostor scores of different people, at least one
 */
export function errorCurve(genuine: readonly number[], impostor: readonly number[]): readonly ErrorRates[] {
  const [same, other] = [Float64Array.from(genuine).sort(), Float64Array.from(impostor).sort()];
  const thresholds = Float64Array.from(new Set([...same, ...other])).sort();
  const curve: ErrorRates[] = [];
  let [belowSame, belowOther] = [0, 0];
  for (const threshold of thresholds) {
    while (belowSame < same.length && (same[belowSame] as number) < threshold) belowSame += 1;
    while (belowOther < other.length && (other[belowOther] as number) < threshold) belowOther += 1;
    curve.push({ threshold, fmr: 1 - belowOther / other.length, fnmr: belowSame / same.length });
  }
  const above = (thresholds.at(-1) as number) + Number.EPSILON;
  return [...curve, { threshold: above, fmr: 0, fnmr: 1 }];
}

/** Scores, and what each weighs where every person (of strangers: every two people) counts once. */
export type Scores = {
  readonly scores: readonly number[];
  readonly weights: readonly number[];
  /** How many people, or pairs of people. */
  readonly each: number;
};

/** Steps of the thresholds at which weighted rates are counted. */
const STEPS = 20_000;

/** The same where every person counts once, on a grid of thresholds a ten-thousandth apart. */
export function balancedCurve(genuine: Scores, impostor: Scores): readonly ErrorRates[] {
  const [same, other] = [sharesBelow(genuine), sharesBelow(impostor)];
  const points = Array.from(same, (fnmr, step) => ({
    threshold: (2 * step) / STEPS - 1,
    fmr: 1 - (other[step] as number),
    fnmr,
  }));
  return [...points, { threshold: 1 + Number.EPSILON, fmr: 0, fnmr: 1 }];
}

/** The part of all weight that lies below each threshold of the grid. */
function sharesBelow({ scores, weights, each }: Scores): Float64Array {
  const below = new Float64Array(STEPS + 1);
  scores.forEach((score, i) => {
    const first = Math.floor(((score + 1) / 2) * STEPS) + 1;
    if (first <= STEPS) below[first] = (below[first] as number) + (weights[i] as number) / each;
  });
  for (let step = 1; step <= STEPS; step++) below[step] = (below[step] as number) + (below[step - 1] as number);
  return below.map((share) => Math.min(share, 1));
}

/** The rates at a threshold that was chosen elsewhere. */
export function ratesAt(genuine: readonly number[], impostor: readonly number[], threshold: number): ErrorRates {
  const below = (scores: readonly number[]): number => scores.filter((score) => score < threshold).length;
  return {
    threshold,
    fmr: 1 - below(impostor) / Math.max(impostor.length, 1),
    fnmr: below(genuine) / Math.max(genuine.length, 1),
  };
}

/** The lowest threshold that lets at most this part of strangers in. */
export const atFmr = (curve: readonly ErrorRates[], fmr: number): ErrorRates =>
  curve.find((point) => point.fmr <= fmr) as ErrorRates;

/** Equal error rate: where the two curves cross, between the two points around the crossing. */
export function equalErrorRate(curve: readonly ErrorRates[]): number {
  const after = curve.findIndex(({ fmr, fnmr }) => fnmr >= fmr);
  const [q, p] = [curve[after] as ErrorRates, curve[after - 1] ?? (curve[after] as ErrorRates)];
  const [gapBefore, gapAfter] = [p.fmr - p.fnmr, q.fnmr - q.fmr];
  const part = gapBefore + gapAfter === 0 ? 0 : gapBefore / (gapBefore + gapAfter);
  return p.fmr + (q.fmr - p.fmr) * part;
}

export type Folded = { readonly accuracy: number; readonly standardError: number; readonly folds: number };

/**
 * The protocol of Labeled Faces in the Wild: each fold is judged with the threshold that is best on all the others. With one
 * fold only there is nothing to tune on, and the accuracy is that of the fold's own best threshold.
 */
export function foldAccuracy(pairs: readonly Scored[]): Folded {
  const folds = [...Map.groupBy(pairs, ({ fold }) => fold).values()];
  const accuracies = folds.map((held) => {
    const others = folds.filter((fold) => fold !== held).flat();
    return accuracyAt(held, bestThreshold(others.length > 0 ? others : held));
  });
  const mean = accuracies.reduce((sum, each) => sum + each, 0) / accuracies.length;
  const spread = accuracies.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(accuracies.length - 1, 1);
  return { accuracy: mean, standardError: Math.sqrt(spread / accuracies.length), folds: folds.length };
}

const accuracyAt = (pairs: readonly Scored[], threshold: number): number =>
  pairs.filter(({ score, same }) => score >= threshold === same).length / pairs.length;

/** In the middle of the widest stretch that makes fewest mistakes, so that no single pair decides it. */
export function bestThreshold(pairs: readonly Scored[]): number {
  const sorted = pairs.toSorted((p, q) => p.score - q.score);
  // Accepting everybody errs on every stranger; each step up refuses one pair more.
  let errors = sorted.filter(({ same }) => !same).length;
  let best = { errors, low: Number.NEGATIVE_INFINITY, high: sorted[0]?.score ?? 0 };
  sorted.forEach(({ score, same }, i) => {
    errors += same ? 1 : -1;
    const high = sorted[i + 1]?.score ?? Number.POSITIVE_INFINITY;
    if (high === score) return;
    const wider = errors === best.errors && high - score > best.high - best.low;
    if (errors < best.errors || wider) best = { errors, low: score, high };
  });
  if (!Number.isFinite(best.low)) return best.high;
  return Number.isFinite(best.high) ? (best.low + best.high) / 2 : best.low + Number.EPSILON;
}

/**
 * 95 % confidence interval of a share, after Wilson (1927): honest at 0 of n, where the usual one is empty.
 * @returns from and to, 0..1
 */
export function wilson(hits: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const share = hits / of;
  const centre = share + (z * z) / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
