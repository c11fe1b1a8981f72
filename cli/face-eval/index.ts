import { readFileSync } from 'node:fs';
import { comparisonsOf, scoreOf } from './comparisons.ts';
import { describePhotos } from './describe-photos.ts';
import type { AtThreshold, Evaluation } from './evaluation.ts';
import { figuresOf } from './figures.ts';
import { parsePairs } from './pairs.ts';
import { atFmr, bestThreshold, foldAccuracy } from './verification.ts';

export { calibrate, calibrateLive } from './calibrate.ts';
export type { AtThreshold, Evaluation, Figures, Interval, OperatingPoint } from './evaluation.ts';
export { evaluatePresentation, type Rate } from './presentation.ts';
export { detCurve, detReport } from './report.ts';
export { wilson } from './verification.ts';

export type EvaluationOptions = {
  /** CSV: path_a, path_b, same, and fold and group where there are. */
  readonly pairs: string;
  /** Folder the paths are in. */
  readonly root: string;
  /** Compare beyond the list: every two photos. */
  readonly cross: boolean;
  readonly engines: number;
  /** What a station would take these thresholds to say. */
  readonly thresholds?: readonly Pick<AtThreshold, 'name' | 'threshold'>[];
};

/**
 * Measures the networks on photos with known answers.
 * @throws Refusal `pairs-unreadable`, `models-missing`, `models-altered`, `models-failed`
 */
export async function evaluate(
  { pairs: file, root, cross, engines, thresholds = [] }: EvaluationOptions,
  onProgress: (done: number, of: number) => void,
): Promise<Evaluation> {
  const pairs = parsePairs(readFileSync(file, 'utf8'));
  const paths = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const described = await describePhotos(root, paths, engines, onProgress);
  const scored = pairs.map((pair) => ({ score: scoreOf(pair, described), same: pair.same, fold: pair.fold }));
  const { accuracy, standardError, folds } = foldAccuracy(scored);
  const compared = comparisonsOf(pairs, described, cross);
  const all = figuresOf(compared.all, thresholds);
  const groups = [...compared.groups].filter(([, { genuine, impostor }]) => genuine.each > 0 && impostor.each > 0);
  return {
    ...all,
    pairs: pairs.length,
    photos: paths.length,
    ...{ accuracy, accuracyStandardError: standardError, folds },
    bestThreshold: bestThreshold(scored),
    fnmrAtFmr1e3: atFmr(all.curve, 1e-3).fnmr,
    groups: groups.map(([name, comparisons]) => ({ name, ...figuresOf(comparisons, thresholds) })),
    failuresToDetect: described.undetected.length,
    undetected: described.undetected,
    unreadable: described.unreadable,
    msPerImage: described.msPerImage,
  };
}
