import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Calibration } from '../../native/face/index.ts';
import type { Evaluation } from './evaluation.ts';
import type { PresentationReport } from './presentation.ts';
import { atFmr } from './verification.ts';

/** Of the right people, so many at most may be told that they are somebody else; the rest in doubt is a proctor's. */
const REFUSED_BY_MISTAKE = 0.005;

/**
 * Thresholds for a station from photos with known answers: accept where strangers hardly ever come, refuse where the right
 * person hardly ever does.
 * @throws Refusal `photos-missing` where the strangers at hand are too few to show so low a rate
 */
export function calibrate(
  { curve, genuine, impostor }: Evaluation,
  options: { readonly pairs: string; readonly fmr: number } & Pick<Calibration, 'embedder' | 'antiSpoof' | 'live'>,
): Calibration {
  const { pairs, fmr, embedder, antiSpoof, live } = options;
  if (!(fmr * impostor >= 1)) {
    const needed = Math.ceil(1 / fmr);
    throw new Refusal(
      'photos-missing',
      `${impostor} pairs of strangers show no rate of ${fmr}; ${needed} would: use --cross`,
    );
  }
  const { threshold: accept, fnmr } = atFmr(curve, fmr);
  // Going up, more and more of the right people are refused: the last threshold at which these are still few.
  const tolerable = curve.filter((point) => point.fnmr <= REFUSED_BY_MISTAKE).map(({ threshold }) => threshold);
  const refuseBelow = Math.min(accept, Math.max(-1, ...tolerable.slice(-1)));
  const sha256 = createHash('sha256').update(readFileSync(pairs)).digest('hex');
  const measured = `${basename(pairs)} (sha256 ${sha256}): ${genuine} pairs of one person, ${impostor} of two`;
  const content = {
    ...{ embedder, antiSpoof, accept, refuseBelow, live },
    measuredOn: `${measured}. FMR at most ${fmr}, where FNMR is ${fnmr.toFixed(4)}. Live as given.`,
  };
  return named(content);
}

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
function named({ embedder, antiSpoof, accept, refuseBelow, live, ...rest }: Omit<Calibration, 'id'>): Calibration {
  const { liveOfStill, measuredOn } = rest;
  const still = liveOfStill === undefined ? {} : { liveOfStill };
  const content = { embedder, antiSpoof, accept, refuseBelow, live, ...still, measuredOn };
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { id: `site-${digest.slice(0, 12)}`, ...content };
}
