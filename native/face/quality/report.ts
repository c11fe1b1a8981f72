import type { Reason } from '../../../contract/words/reasons.ts';
import { COMPONENTS, type Component, type Limit, type Limits, PHOTO_LIMITS } from './limits.ts';

export type Verdict = 'pass' | 'warn' | 'fail';

/** One component as it was found and judged. */
export type Measure = {
  readonly component: Component;
  readonly value: number;
  readonly limit: Limit;
  readonly verdict: Verdict;
  /** What to do about it; nothing where it passes. */
  readonly advice?: Reason;
};

/** In the order of `COMPONENTS`; what was not looked at is not in it. */
export type QualityReport = readonly Measure[];

export type Values = Readonly<Partial<Record<Component, number>>>;

export function judgeQuality(values: Values, limits: Limits): QualityReport {
  return COMPONENTS.flatMap((component) => {
    const value = values[component];
    return value === undefined ? [] : [judge(component, value, limits[component])];
  });
}

function judge(component: Component, value: number, limit: Limit): Measure {
  const within = ([low, high]: readonly [number, number]): boolean => value >= low && value <= high;
  if (within(limit.good)) return { component, value, limit, verdict: 'pass' };
  const [low, high] = limit.advice;
  // A value that is no number is within nothing: it fails.
  const verdict = within(limit.usable) ? 'warn' : 'fail';
  return { component, value, limit, verdict, advice: value > limit.good[1] ? high : low };
}

/** Whether there is so much noise that a face which does not look alive may be alive: what passive liveness knows are clean pictures. */
export const isNoisy = (report: QualityReport): boolean =>
  report.some(({ component, verdict }) => component === 'Noise' && verdict !== 'pass');

/** The first thing that keeps this face from being compared, or nothing. */
export const firstFault = (report: QualityReport): Reason | undefined =>
  report.find(({ verdict }) => verdict === 'fail')?.advice;

/**
 * A frame of the camera by the limits of reference photos: how much of it is warned of, or nothing where it would not be
 * enrolled. What nobody looked at was not found to be good.
 */
export function warningsAsPhoto(report: QualityReport): number | undefined {
  const values: Values = Object.fromEntries(report.map(({ component, value }) => [component, value]));
  const judged = judgeQuality(values, PHOTO_LIMITS);
  if (judged.length < COMPONENTS.length || firstFault(judged)) return undefined;
  return judged.filter(({ verdict }) => verdict === 'warn').length;
}
