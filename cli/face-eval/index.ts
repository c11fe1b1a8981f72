import { readFileSync } from 'node:fs';
import { cosine } from '../../native/face/index.ts';
import { type Described, describePhotos } from './describe-photos.ts';
import type { Evaluation } from './evaluation.ts';
import { type Pair, parsePairs } from './pairs.ts';
import { atFmr, bestThreshold, equalErrorRate, errorCurve, foldAccuracy, type Scored, wilson } from './verification.ts';

export { calibrate, calibrateLive } from './calibrate.ts';
export type { Evaluation } from './evaluation.ts';
export { evaluatePresentation, type Rate } from './presentation.ts';
export { detCurve, detReport } from './report.ts';
export { wilson } from './verification.ts';

export type EvaluationOptions = {
  /** CSV: path_a, path_b, same, fold. */
  readonly pairs: string;
  /** Folder the paths are in. */
  readonly root: string;
  /** Compare strangers beyond the list: every two photos of different people. */
  readonly cross: boolean;
  readonly engines: number;
};

/** No figure is given for a rate that the strangers at hand are too few to show. */
const TARGETS = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5] as const;
/** What a face that was not found scores: it matches nobody. */
const NOT_FOUND = -1;

/**
 * Measures the networks on photos with known answers.
 * @throws Refusal `pairs-unreadable`, `models-missing`, `models-altered`, `models-failed`
 */
export async function evaluate(
  { pairs: file, root, cross, engines }: EvaluationOptions,
  onProgress: (done: number, of: number) => void,
): Promise<Evaluation> {
  const pairs = parsePairs(readFileSync(file, 'utf8'));
  const paths = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const described = await describePhotos(root, paths, engines, onProgress);
  const scored = pairs.map((pair) => ({ score: scoreOf(pair, described), same: pair.same, fold: pair.fold }));
  const genuine = scored.flatMap(({ score, same }) => (same ? [score] : []));
  const impostor = cross
    ? strangerScores(pairs, described)
    : scored.flatMap(({ score, same }) => (same ? [] : [score]));
  return {
    pairs: pairs.length,
    photos: paths.length,
    ...figures(scored, genuine, impostor),
    failuresToDetect: described.undetected.length,
    undetected: described.undetected,
    unreadable: described.unreadable,
    msPerImage: described.msPerImage,
  };
}

function figures(scored: readonly Scored[], genuine: readonly number[], impostor: readonly number[]) {
  const curve = errorCurve(genuine, impostor);
  const { accuracy, standardError, folds } = foldAccuracy(scored);
  const points = TARGETS.filter((target) => target === 1e-3 || target * impostor.length >= 1).map((targetFmr) => {
    const point = atFmr(curve, targetFmr);
    return { targetFmr, ...point, fnmrInterval: wilson(Math.round(point.fnmr * genuine.length), genuine.length) };
  });
  return {
    genuine: genuine.length,
    impostor: impostor.length,
    accuracy,
    accuracyStandardError: standardError,
    folds,
    bestThreshold: bestThreshold(scored),
    eer: equalErrorRate(curve),
    fnmrAtFmr1e3: atFmr(curve, 1e-3).fnmr,
    points,
    curve,
  };
}

function scoreOf({ a, b }: Pair, { templates }: Described): number {
  const [p, q] = [templates.get(a), templates.get(b)];
  return p && q ? cosine(p, q) : NOT_FOUND;
}

/** Scores of every two photos of different people. O(photos squared): 2,320 photos are 2.7 million pairs, seconds. */
function strangerScores(pairs: readonly Pair[], { templates }: Described): number[] {
  const personOf = people(pairs);
  const all = [...templates];
  return all.flatMap(([one, template], i) =>
    all
      .slice(i + 1)
      .flatMap(([other, against]) => (personOf(one) === personOf(other) ? [] : [cosine(template, against)])),
  );
}

/** Who is who: photos of one folder are one person, and so are photos that a pair calls the same. */
function people(pairs: readonly Pair[]): (path: string) => string {
  const parent = new Map<string, string>();
  const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || path;
  const rootOf = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) at = up;
    return at;
  };
  for (const { a, b, same } of pairs) {
    const [p, q] = [rootOf(folderOf(a)), rootOf(folderOf(b))];
    if (same && p !== q) parent.set(p, q);
  }
  return (path) => rootOf(folderOf(path));
}
