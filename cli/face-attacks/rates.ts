import { wilson } from '../face-eval/index.ts';
import type { CheckedIn } from './check-in.ts';

/** How often something came out wrong. */
export type Counted = {
  readonly checkIns: number;
  /** The film was over before anything was decided: in no rate. */
  readonly unjudged: number;
  readonly errors: number;
  /** `null` where nothing could be judged. */
  readonly rate: number | null;
  /** 95 %, Wilson. */
  readonly interval: readonly [number, number];
  /** What stopped those that were stopped, the last time, and how often. */
  readonly stoppedBy: Readonly<Record<string, number>>;
  /** What passive liveness by itself would have said: looks, and those of them that it takes for alive. */
  readonly passive: { readonly looks: number; readonly live: number };
  /** How those that came so far answered the light of the screen, and how often. */
  readonly light: Readonly<Record<string, number>>;
  /** Pictures that were looked at. */
  readonly pictures: number;
};

/** @param wrong what must not come of it: an attack that is let in, a person who is not */
export function counted(came: readonly CheckedIn[], live: number, wrong: 'let in' | 'stopped'): Counted {
  const judged = came.filter(({ outcome }) => outcome !== 'film over');
  const errors = judged.filter(({ outcome }) => outcome === wrong).length;
  const reasons = judged.flatMap(({ reason }) => reason ?? []).toSorted();
  const looks = came.flatMap((one) => one.live);
  return {
    ...{ checkIns: came.length, unjudged: came.length - judged.length, errors },
    rate: judged.length > 0 ? errors / judged.length : null,
    interval: wilson(errors, judged.length),
    stoppedBy: howOften(reasons),
    light: howOften(came.flatMap(({ light }) => light ?? []).toSorted()),
    passive: { looks: looks.length, live: looks.filter((score) => score >= live).length },
    pictures: came.reduce((sum, { pictures }) => sum + pictures, 0),
  };
}

/** By what was said. */
const howOften = (all: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([said, those]) => [said, those.length]));
