import { expect, test } from 'vitest';
import type { Instant } from '../../contract/words/ids.ts';
import { overlap } from './meanwhile.ts';

const span = (from: number, until: number) => {
  const [startedAt, submittedAt] = [from, until].map((minute) =>
    new Date(Date.UTC(2026, 10, 25) + minute * 60_000).toISOString(),
  ) as [Instant, Instant];
  return { startedAt, submittedAt };
};

test.each([
  ['one in the other', span(0, 60), span(10, 20), true],
  ['the same short one', span(0, 1), span(0, 1), true],
  ['one behind the other', span(0, 60), span(60, 90), false],
  ['one behind the other by clocks that are apart', span(0, 60), span(58, 90), false],
  ['the end of one in the other', span(0, 60), span(57, 90), true],
  ['one that ends before it begins', span(60, 0), span(0, 60), false],
])('%s: at once or not', (_, one, other, atOnce) => {
  expect([overlap(one, other), overlap(other, one)]).toEqual([atOnce, atOnce]);
});
