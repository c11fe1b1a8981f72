import type { Observation } from '../engine/observation.ts';
import { warningsAsPhoto } from '../quality/report.ts';
import { judgeCapture, type Thresholds } from './capture.ts';
import { type Template, templateOf } from './template.ts';

/** The share of looks of the right people that are less alike than one that leaves no doubt. */
const SURE_SHARE = 0.5;

/**
 * The similarity from which a look leaves no doubt, by what scores were measured to mean: no stranger comes near, and half of the
 * looks of the right people do not either. Nothing where the calibration does not say what a score means.
 */
export const sureFrom = ({ accept, curve = [] }: Pick<Thresholds, 'accept' | 'curve'>): number | undefined =>
  curve.find(({ at, genuineBelow, strangersFrom }) => at >= accept && genuineBelow >= SURE_SHARE && strangersFrom === 0)
    ?.at;

/**
 * The best face of a look, to be compared with from then on: one that a reference photo could be, and which the registered photos
 * know without any doubt, as they do the look as a whole. What was added before has no say.
 */
export function faceToAdd(
  observations: readonly Observation[],
  { model, vectors }: Template,
  thresholds: Thresholds,
): { readonly vector: Float32Array; readonly similarity: number } | undefined {
  const sure = sureFrom(thresholds);
  const photos = templateOf(model, vectors);
  const surely = (seen: readonly Observation[]): number | undefined => {
    const { outcome, similarity = Number.NaN } = judgeCapture(seen, photos, thresholds);
    return outcome === 'match' && sure !== undefined && similarity >= sure ? similarity : undefined;
  };
  const best = bestOf(observations);
  const similarity = best && surely(observations) !== undefined ? surely([best]) : undefined;
  return best?.person && similarity !== undefined ? { vector: best.person.embedding, similarity } : undefined;
}

/** With the fewest warnings; of those, the one that is most alive. */
function bestOf(observations: readonly Observation[]): Observation | undefined {
  const fit = observations.flatMap((seen) => {
    const warnings = seen.person && warningsAsPhoto(seen.quality);
    return seen.person && warnings !== undefined ? [{ seen, warnings, live: seen.person.live }] : [];
  });
  return fit.toSorted((a, b) => a.warnings - b.warnings || b.live - a.live)[0]?.seen;
}
