import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { Observation } from '../engine/observation.ts';
import { meanDirection } from '../networks/embedder.ts';
import { isNoisy } from '../quality/report.ts';
import type { CurvePoint } from '../weights/calibration.ts';
import { median } from './median.ts';
import { type Likeness, likenessTo, type Template } from './template.ts';

/** Thresholds that a calibration file ships; see `models/calibration.json` for what they were measured on. */
export type Thresholds = {
  /** The network whose similarities these are, and which looks: a template of another is not compared. */
  readonly embedder: string;
  /** At or above: the same person. */
  readonly accept: number;
  /** Below: somebody else. Between the two a proctor decides. */
  readonly refuseBelow: number;
  /** Of one frame to another a moment before, at or above: the same face, turned by up to 35 degrees or at rest. */
  readonly sameFace: number;
  /** Passive liveness at or above: a live face. */
  readonly live: number;
  /** What a score means, where that was measured. */
  readonly curve?: readonly CurvePoint[] | undefined;
};

export type Capture = {
  readonly outcome: CaptureOutcome;
  /** The commonest thing that kept frames from being usable, or the look from being sure, for advice on the screen. */
  readonly reason?: Reason;
  /** Cosine of the fused frames against the reference; absent where no frame was usable. */
  readonly similarity?: number;
  /** Only an added face made it a match. */
  readonly byAdded?: NonNullable<Likeness['byAdded']>;
  /** Median passive liveness, 0..1. */
  readonly live?: number;
  readonly frames: number;
  readonly usable: number;
};

/** Judges several frames as one look: medians and a fused embedding, so that a single odd frame decides nothing. */
export function judgeCapture(
  observations: readonly Observation[],
  reference: Template,
  thresholds: Thresholds,
): Capture {
  const people = observations.flatMap(({ person }) => (person ? [person] : []));
  const counts = { frames: observations.length, usable: people.length };
  const reason = commonest(observations.flatMap((seen) => seen.reason ?? []));
  if (people.length * 2 < observations.length || people.length === 0) {
    const outcome = reason === 'no-face' || reason === 'several-faces' ? reason : 'uncertain';
    return { outcome, ...(reason ? { reason } : {}), ...counts };
  }
  const live = median(people.map((person) => person.live));
  const probe = meanDirection(people.map((person) => person.embedding));
  const { similarity, byAdded } = likenessTo(reference, probe, thresholds);
  const outcome = compare(similarity, live, thresholds);
  const noisy = observations.filter(({ quality }) => isNoisy(quality)).length * 2 > observations.length;
  if (noisy && outcome !== 'match') return { ...inNoise(similarity, thresholds), similarity, live, ...counts };
  return { outcome, similarity, ...(byAdded && outcome === 'match' ? { byAdded } : {}), live, ...counts };
}

/**
 * Noise makes people look like replays. Whoever passes in it passes as ever, and of all others it is said at most that they are
 * somebody else.
 */
const inNoise = (similarity: number, { refuseBelow }: Thresholds): Pick<Capture, 'outcome' | 'reason'> =>
  similarity < refuseBelow ? { outcome: 'mismatch' } : { outcome: 'uncertain', reason: 'picture-noisy' };

function compare(similarity: number, live: number, { accept, refuseBelow, live: liveAt }: Thresholds): CaptureOutcome {
  // Written so that a score that is no number never passes.
  if (!(live >= liveAt)) return 'not-live';
  if (similarity >= accept) return 'match';
  return similarity < refuseBelow ? 'mismatch' : 'uncertain';
}

function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
