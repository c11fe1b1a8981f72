import { expect, it } from 'vitest';
import { PlaywrightSuites, secondTriesIn } from './second-tries.ts';

it('of what a browser ran, those are named that passed at the second try, with what they said at first', () => {
  const spec = (title: string, status: string, ...messages: readonly string[]) => ({
    ...{ title, file: 'a.e2e.ts' },
    tests: [{ status, results: [...messages.map((message) => ({ error: { message } })), {}] }],
  });
  const within = { specs: [spec('flaky', 'flaky', 'Error: too late\n  at line 3')] };
  const report = { suites: [{ specs: [spec('steady', 'expected')], suites: [within] }, { suites: [] }] };
  expect(secondTriesIn(PlaywrightSuites.parse(report))).toEqual([
    { test: 'a.e2e.ts > flaky', said: 'Error: too late' },
  ]);
});
