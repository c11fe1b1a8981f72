import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Calibration } from '../../native/face/index.ts';
import type { Evaluation } from './evaluation.ts';
import type { PresentationReport } from './presentation.ts';
import { scaleOf } from './scale.ts';
import { atFmr, type ErrorRates } from './verification.ts';

/** Of the right people, so many at most may be told that they are somebody else; the rest in doubt is a proctor's. */
const REFUSED_BY_MISTAKE = 0.005;

type Asked = { readonly pairs: string; readonly fmr: number } & Pick<Calibration, 'embedder' | 'antiSpoof' | 'live'> & {
    /** Where nobody measured it, a frame must be as near as a look that is accepted. */
    readonly sameFace?: number | undefined;
  };

/**
 * Thresholds for a station from photos with known answers: accept where strangers hardly ever come, refuse where the right
 * person hardly ever does. Where there are groups it holds for each that shows the rate: the strictest decides.
 * @throws Refusal `photos-missing` where the strangers at hand are too few to show so low a rate
 */
export function calibrate(evaluation: Evaluation, options: Asked): Calibration {
  const { pairs, fmr, embedder, antiSpoof, live } = options;
  const { impostor } = evaluation;
  if (!(fmr * impostor >= 1)) {
    const needed = Math.ceil(1 / fmr);
    throw new Refusal(
      'photos-missing',
      `${impostor} pairs of strangers show no rate of ${fmr}; ${needed} would: use --cross`,
    );
  }
  const everybody = { ...evaluation, name: 'everybody' };
  const judged = [everybody, ...evaluation.groups.filter((group) => fmr * group.impostor >= 1)].map((group) => ({
    ...{ group, ...atFmr(group.curve, fmr) },
    tolerable: lastTolerable(group.curve),
  }));
  const strictest = judged.reduce((most, one) => (one.threshold > most.threshold ? one : most));
  const accept = strictest.threshold;
  const refuseBelow = Math.min(accept, ...judged.map(({ tolerable }) => tolerable));
  const sha256 = createHash('sha256').update(readFileSync(pairs)).digest('hex');
  const measured = judged.map(
    ({ group: { name, genuine, impostor: strangers } }) =>
      `${name}: ${genuine} pairs of one person, ${strangers} of two`,
  );
  const { name, curve } = strictest.group;
  return named({
    ...{ embedder, antiSpoof, accept, refuseBelow, sameFace: options.sameFace ?? accept, live },
    measuredOn: `${basename(pairs)} (sha256 ${sha256}): ${measured.join('; ')}. Set by ${name}: FMR at most ${fmr}, where FNMR is ${strictest.fnmr.toFixed(4)}. Live as given.`,
    curve: scaleOf(curve),
  });
}

/** Going up, more and more of the right people are refused: the last threshold at which these are still few. */
const lastTolerable = (curve: readonly ErrorRates[]): number =>
  Math.max(-1, curve.findLast(({ fnmr }) => fnmr <= REFUSED_BY_MISTAKE)?.threshold ?? -1);

/**
 * A calibration with the liveness threshold that was just measured, and what it was measured to do.
 * @throws Refusal `photos-missing` where nothing could be judged: a threshold that nobody saw at work is none
 */
export function calibrateLive(base: Calibration, { threshold, bpcer, apcer }: PresentationReport): Calibration {
  const rates = { BPCER: bpcer, ...apcer };
  if (Object.values(rates).some(({ rate }) => rate === null))
    throw new Refusal('photos-missing', 'a folder in which no face could be judged');
  const seen = Object.entries(rates).map(
    ([name, { errors, photos, unjudged }]) => `${name} ${errors} of ${photos - unjudged}`,
  );
  const [before = ''] = base.measuredOn.split(LIVE_MEASURED);
  return named({ ...base, live: threshold, measuredOn: `${before.trimEnd()}${LIVE_MEASURED}${seen.join(', ')}.` });
}

const LIVE_MEASURED = ' Live measured: ';

/** Named after all that it says: two that differ in anything are never called the same. */
function named({ measuredOn, curve, ...thresholds }: Omit<Calibration, 'id'>): Calibration {
  const { embedder, antiSpoof, accept, refuseBelow, sameFace, live, liveOfStill } = thresholds;
  const still = liveOfStill === undefined ? {} : { liveOfStill };
  const drawn = curve ? { curve } : {};
  const content = { embedder, antiSpoof, accept, refuseBelow, sameFace, live, ...still, measuredOn, ...drawn };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { id: `site-${digest.slice(0, 12)}`, ...content };
}
