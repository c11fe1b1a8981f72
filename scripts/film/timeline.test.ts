import { expect, it } from 'vitest';
import { type Taken, TICK_MS, TOUCH_MS, timeline } from './timeline.ts';

const taken = (changes: Partial<Taken>): Taken => ({
  ...{ pictures: [{ atMs: 0, file: 'a' }], captions: [], touches: [], endMs: 10 * TICK_MS },
  ...changes,
});

it('shows the newest picture and what is said of it', () => {
  const pictures = [
    { atMs: 0, file: 'a' },
    { atMs: TICK_MS + 1, file: 'b' },
    { atMs: TICK_MS + 2, file: 'c' },
  ];
  const shown = timeline(taken({ pictures, captions: [{ atMs: 3 * TICK_MS, text: 'said' }] }));
  expect(shown.map(({ atMs, file, caption }) => [atMs / TICK_MS, file, caption])).toEqual([
    [0, 'a', ''],
    [2, 'c', ''],
    [3, 'c', 'said'],
  ]);
});

it('begins with the first picture, and has none where there is nothing', () => {
  expect(timeline(taken({ pictures: [{ atMs: 500, file: 'a' }] }))[0]?.atMs).toBe(500);
  expect(timeline(taken({ pictures: [] }))).toEqual([]);
});

it('shows a still picture again each second', () => {
  const times = timeline(taken({ endMs: 2_500 })).map(({ atMs }) => atMs);
  expect(times).toEqual([0, 1_040, 2_080]);
});

it('follows a finger until it is gone', () => {
  const shown = timeline(taken({ touches: [{ atMs: 0, x: 3, y: 4 }], endMs: 2 * TOUCH_MS }));
  const parts = shown.map(({ touch }) => touch?.part);
  expect(parts.slice(0, 3)).toEqual([0, TICK_MS / TOUCH_MS, (2 * TICK_MS) / TOUCH_MS]);
  expect(parts.at(-1)).toBeUndefined();
});
