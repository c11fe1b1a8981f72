import {
  judgeCapture,
  type Condition as MonitorCondition,
  type Observation,
  shippedCalibration,
  startMonitor,
  type Template,
  watchSeat,
} from '../../native/face/index.ts';
import type { Look } from './film.ts';

/** What a proctor is told: a finding of the monitor, or of a look at who sits there that the next look did not undo. */
export type Told = MonitorCondition | 'mismatch' | 'not-live' | 'uncertain' | 'picture-noisy';
export type ToldAt = { readonly what: Told; readonly atMs: number };

/** The findings of the monitor over a film. */
export function toldOf(looks: Iterable<Look>): readonly ToldAt[] {
  let monitor = startMonitor(0);
  const told: ToldAt[] = [];
  for (const { seen, atMs } of looks) {
    const step = watchSeat(monitor, seen, atMs);
    monitor = step.monitor;
    told.push(...step.raised.map(({ condition }) => ({ what: condition, atMs })));
  }
  return told;
}

/** So many frames make one look at who it is. */
const FRAMES = 5;
/** Where only noise keeps a look from being sure, that is what is told. */
export type Outcome = ReturnType<typeof judgeCapture>['outcome'] | 'picture-noisy';

/** Looks at who it is, one after the other. */
export function looksOf(seen: readonly Observation[], template: Template): readonly Outcome[] {
  const count = Math.max(1, Math.floor(seen.length / FRAMES));
  return Array.from({ length: count }, (_, n) => {
    const frames = seen.slice(n * FRAMES, (n + 1) * FRAMES);
    const { outcome, reason } = judgeCapture(frames, template, shippedCalibration);
    return reason === 'picture-noisy' ? reason : outcome;
  });
}

const GRAVITY: readonly Outcome[] = ['picture-noisy', 'uncertain', 'not-live', 'mismatch'];

/** One odd look is nothing: the graver of two in a row is told, where neither is of the right person. */
export function confirmed(outcomes: readonly Outcome[]): readonly Told[] {
  return outcomes.flatMap((outcome, n) => {
    const next = outcomes[(n + 1) % outcomes.length] ?? outcome;
    if (outcome === 'match' || next === 'match') return [];
    const graver = Math.max(GRAVITY.indexOf(outcome), GRAVITY.indexOf(next));
    return graver < 0 ? [] : [GRAVITY[graver] as Told];
  });
}
