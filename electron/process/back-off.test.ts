import { expect, test } from 'vitest';
import { afterFailure, type BackOff, CALM } from './back-off.ts';

const limits = { firstMs: 500, longestMs: 4_000, calmMs: 60_000 };

test('waits longer each time, up to a bound', () => {
  const waits: number[] = [];
  let state: BackOff = CALM;
  for (let at = 0; at < 6; at++) {
    const { next, waitMs } = afterFailure(state, at * 1_000, limits);
    state = next;
    waits.push(waitMs);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
});

test('starts again after a calm time', () => {
  const failing: BackOff = { failures: 9, lastAt: 0 };
  expect(afterFailure(failing, 59_999, limits).waitMs).toBe(4_000);
  expect(afterFailure(failing, 60_000, limits)).toEqual({ next: { failures: 1, lastAt: 60_000 }, waitMs: 500 });
});

test('stays finite however often it fails', () => {
  expect(afterFailure({ failures: 1e9, lastAt: 0 }, 1, limits).waitMs).toBe(4_000);
});
