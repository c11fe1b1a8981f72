import { expect, it } from 'vitest';
import { namedTestsIn, PlaywrightSuites } from './named-tests.ts';

it('of what a browser ran, those are named that failed, also those that passed at the second try, with what they said at first', () => {
  const spec = (title: string, status: string, ...messages: readonly string[]) => ({
    ...{ title, file: 'a.e2e.ts' },
    tests: [{ status, results: [...messages.map((message) => ({ error: { message } })), {}] }],
  });
  const within = { specs: [spec('flaky', 'flaky', 'Error: too late\n  at line 3')] };
  const broken = spec('broken', 'unexpected', 'Error: no seat', 'Error: no seat again');
  const report = { suites: [{ specs: [spec('steady', 'expected'), broken], suites: [within] }, { suites: [] }] };
  expect(namedTestsIn(PlaywrightSuites.parse(report))).toEqual([
    { ended: 'failed', test: 'a.e2e.ts > broken', said: 'Error: no seat' },
    { ended: 'second-try', test: 'a.e2e.ts > flaky', said: 'Error: too late' },
  ]);
});
