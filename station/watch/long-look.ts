import type { Observation } from '../../native/face/index.ts';
import { type JudgedCapture, LONG_LOOK } from '../core/sitting/index.ts';

/** Each as long as a look of somebody who makes gestures. */
const PARTS = 3;

/**
 * A look in the place of gestures: long, and of several parts. The whole of it and each part must be the candidate, and live:
 * a picture that passes for a person now and then does not do so all the time.
 */
export function judgeLongLook(
  observations: readonly Observation[],
  judge: (observations: readonly Observation[]) => JudgedCapture,
): JudgedCapture {
  const whole = judge(observations);
  if (whole.outcome !== 'match') return whole;
  if (whole.usable < LONG_LOOK) return { ...whole, outcome: 'uncertain' };
  const people = observations.filter(({ person }) => person);
  const size = Math.ceil(people.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, at) => judge(people.slice(at * size, (at + 1) * size)));
  return parts.find(({ outcome }) => outcome !== 'match') ?? whole;
}
