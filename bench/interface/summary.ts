import { type Timing, timingOf } from '../measure.ts';
import type { Act, Means } from './hands.ts';
import type { Seen, Shift } from './probe.ts';

/** What acts came to, so that two places can be held against each other. */
export type Spread = Timing & { readonly maxMs: number; readonly count: number };
export type Answered = {
  /** From the input, by the browser's clock, until the picture after it. */
  readonly untilPaint: Spread;
  readonly by: Readonly<Record<Means, Spread>>;
  /** The same by Event Timing, which knows steps of 8 ms; what it does not tell of is counted as its 16. */
  readonly eventTiming: Spread;
};
export type StillOn = {
  /** The sum of what moved by itself, and of what moved within half a second after an input. */
  readonly unasked: number;
  readonly afterInput: number;
  /** The same by what had been done. */
  readonly upon: Readonly<Record<string, { readonly value: number; readonly what: string }>>;
};
export type Interactions = Answered & {
  readonly byAct: Readonly<Record<string, Spread>>;
  readonly shifts: Readonly<Record<string, StillOn>>;
};
export type LongTasks = {
  readonly count: number;
  readonly longestMs: number;
  /** What had just been done. */
  readonly longestAfter?: string;
  readonly seconds: number;
};

export const spreadOf = (times: readonly number[]): Spread => ({
  ...timingOf(times),
  ...{ maxMs: Math.max(0, ...times), count: times.length },
});

/** As long as the slowest event of an act took: a tap is three of them. */
const slowest = (events: Seen['inputs']): number => Math.max(0, ...events.map(({ ms }) => ms));
/** Below this Event Timing says nothing. */
const UNTOLD_MS = 16;

export function answeredBy(acts: readonly Act[]): Answered {
  const by = (means: Means): Spread => untilPaint(acts.filter((act) => act.by === means));
  return {
    untilPaint: untilPaint(acts),
    by: { mouse: by('mouse'), touch: by('touch'), key: by('key') },
    eventTiming: spreadOf(acts.map(({ seen }) => Math.max(UNTOLD_MS, slowest(seen.timed)))),
  };
}

const untilPaint = (acts: readonly Act[]): Spread =>
  spreadOf(acts.filter(({ seen }) => seen.inputs.length > 0).map(({ seen }) => slowest(seen.inputs)));

export function interactionsOf(acts: readonly Act[]): Interactions {
  const groups = Map.groupBy(acts, ({ what, by }) => `${what} (${by})`);
  return {
    ...answeredBy(acts),
    byAct: Object.fromEntries([...groups].map(([name, some]) => [name, untilPaint(some)])),
    shifts: shiftsOf(acts),
  };
}

/** By screen; screens on which nothing moved are not named. */
export function shiftsOf(acts: readonly Pick<Act, 'what' | 'seen'>[]): Interactions['shifts'] {
  const shifts = acts.flatMap(({ what, seen }) => seen.shifts.map((shift) => ({ ...shift, upon: what })));
  const screens = Map.groupBy(shifts, ({ screen }) => screen || 'none');
  return Object.fromEntries(
    [...screens].map(([screen, some]) => {
      const [unasked, afterInput] = [false, true].map((is) => sumOf(some.filter((shift) => shift.afterInput === is)));
      const acts = [...Map.groupBy(some, ({ upon }) => upon)].map(([what, moved]) => [what, uponOf(moved)] as const);
      return [screen, { unasked: unasked ?? 0, afterInput: afterInput ?? 0, upon: Object.fromEntries(acts) }];
    }),
  );
}

const sumOf = (shifts: readonly Shift[]): number => shifts.reduce((sum, { value }) => sum + value, 0);

function uponOf(shifts: readonly Shift[]): StillOn['upon'][string] {
  const [most] = shifts.toSorted((p, q) => q.value - p.value);
  return { value: sumOf(shifts), what: most?.what ?? '' };
}

/** Tasks of more than 50 ms, during which nothing on the screen answers, while the exam was on it. */
export function longTasksOf(acts: readonly Act[], screen: string): LongTasks {
  const tasks = acts
    .flatMap(({ what, seen }) => seen.longTasks.map((task) => ({ ...task, what })))
    .filter((task) => task.screen === screen)
    .toSorted((p, q) => q.ms - p.ms);
  const [longest] = tasks;
  const [first, last] = [acts.at(0)?.seen.now ?? 0, acts.at(-1)?.seen.now ?? 0];
  return {
    ...{ count: tasks.length, longestMs: longest?.ms ?? 0, seconds: (last - first) / 1000 },
    ...(longest ? { longestAfter: longest.what } : {}),
  };
}
