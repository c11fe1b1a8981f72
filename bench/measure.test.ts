import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { measure, Took } from './measure.ts';

it('runs each work as often as the others, twice a round: only the second counts', async () => {
  const runs = { one: 0, two: 0 };
  await measure({ one: async () => ++runs.one, two: async () => ++runs.two }, 20);
  expect(runs).toEqual({ one: 44, two: 44 });
});

it('tells a slow work from a fast one, and one slow round does not move the median', async () => {
  let round = 0;
  const times = await measure(
    { slow: () => setTimeout(15), fast: async () => (++round === 10 ? setTimeout(50) : 0) },
    11,
  );
  expect(times.slow.medianMs).toBeGreaterThan(10);
  expect(times.fast.medianMs).toBeLessThan(10);
  expect(times.fast.p95Ms).toBeGreaterThan(10);
});

it('believes a work that was timed elsewhere', async () => {
  const times = await measure({ elsewhere: () => setTimeout(15, new Took(2)) }, 3);
  expect(times.elsewhere).toEqual({ medianMs: 2, p95Ms: 2, p99Ms: 2 });
});
