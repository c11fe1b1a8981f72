import { expect, it } from 'vitest';
import { BUDGET } from './budget.ts';
import { type Bundle, type Weight, weighBundle } from './bundle.ts';

it('the page, built from these sources, is no heavier than it may be', () => {
  const bundle = weighBundle();
  const within = (part: keyof Bundle): readonly string[] =>
    (Object.keys(BUDGET[part]) as (keyof Weight)[])
      .filter((measure) => bundle[part][measure] > BUDGET[part][measure])
      .map((measure) => `${part} ${measure}: ${bundle[part][measure]}, and may be ${BUDGET[part][measure]}`);
  expect([...within('first'), ...within('all')]).toEqual([]);
  // A page without its script and style would be light.
  expect(bundle.first.files).toBeGreaterThanOrEqual(3);
  expect(bundle.all.bytes).toBeGreaterThan(bundle.first.bytes);
});
