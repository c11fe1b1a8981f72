import { expect, it } from 'vitest';
import type { Act } from './hands.ts';
import type { Seen } from './probe.ts';
import { answeredBy, interactionsOf, longTasksOf } from './summary.ts';

const seen = (what: Partial<Seen> = {}): Seen => ({
  ...{ inputs: [], timed: [], shifts: [], longTasks: [], taps: 0, keys: 0, frames: 0, now: 0 },
  ...what,
});
const tap = (what: string, times: readonly number[], more: Partial<Seen> = {}): Act => ({
  ...{ what, by: 'touch' },
  seen: seen({ inputs: times.map((ms) => ({ type: 'click', ms })), ...more }),
});

it('takes an act for as slow as the slowest event of it, each means by itself', () => {
  const acts: Act[] = [tap('flag', [10, 40, 20]), { ...tap('turn', [5]), by: 'key' }];
  const { untilPaint, by } = answeredBy(acts);
  expect(untilPaint).toMatchObject({ maxMs: 40, count: 2 });
  expect(by.touch).toMatchObject({ medianMs: 40, count: 1 });
  expect(by.key).toMatchObject({ medianMs: 5, count: 1 });
  expect(by.mouse.count).toBe(0);
});

it('counts what Event Timing does not tell of as the least that it tells of', () => {
  const told = [{ type: 'click', ms: 64 }];
  expect(answeredBy([tap('flag', [3]), tap('flag', [60], { timed: told })]).eventTiming).toMatchObject({
    ...{ medianMs: 64, count: 2 },
  });
  expect(answeredBy([tap('flag', [3])]).eventTiming.maxMs).toBe(16);
});

it('adds up what moved by screen, apart what moved without being asked, and says upon what', () => {
  const shift = { screen: 'exam', what: 'aside', value: 0.1, afterInput: false };
  const moved = tap('next', [1], { shifts: [shift, { ...shift, value: 0.3, afterInput: true, what: 'nav' }] });
  expect(interactionsOf([moved, tap('flag', [1])]).shifts).toEqual({
    exam: { unasked: 0.1, afterInput: 0.3, upon: { next: { value: 0.4, what: 'nav' } } },
  });
});

it('counts the long tasks of one screen', () => {
  const longTasks = [
    { ms: 60, screen: 'exam' },
    { ms: 90, screen: 'idle' },
    { ms: 80, screen: 'exam' },
  ];
  const acts = [tap('flag', [1], { now: 1_000 }), tap('next', [1], { now: 4_000, longTasks })];
  expect(longTasksOf(acts, 'exam')).toEqual({ count: 2, longestMs: 80, longestAfter: 'next', seconds: 3 });
});
