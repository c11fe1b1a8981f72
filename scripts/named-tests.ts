import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import { z } from 'zod';

/**
 * The tests that the last lines of a run name, each with what it first said. One that `failed`; and one that failed and
 * then passed, when it was run once more (`second-try`): on two busy cores a program may start later than a test waits for
 * it. That one counts as passed, and is named so that nobody takes it for steady.
 */
export const NamedTest = z.object({ ended: z.enum(['failed', 'second-try']), test: z.string(), said: z.string() });
export type NamedTest = z.infer<typeof NamedTest>;
export const NamedTests = z.array(NamedTest);

/** Where {@link NamedTestReporter} writes. */
export const NAMED_TESTS_FILE = 'EXAM_TEST_NAMED_TESTS';

const firstLine = (message: string | undefined): string => message?.trim().split('\n', 1)[0] ?? '';

const failed = (test: string, message: string | undefined): NamedTest => ({
  ...{ ended: 'failed', test },
  said: firstLine(message),
});

/** Vitest's own report in JSON does not say which tests ran twice. */
export default class NamedTestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], beside: readonly SerializedError[]): void {
    const file = process.env[NAMED_TESTS_FILE];
    const named = [...modules.flatMap(namedIn), ...beside.map(({ message }) => failed('beside every test', message))];
    if (file) writeFileSync(file, JSON.stringify(named));
  }
}

/** A file that could not be loaded has no tests: it is named itself. */
function namedIn(module: TestModule): readonly NamedTest[] {
  const { relativeModuleId } = module;
  const tests = [...module.children.allTests()].flatMap((test): NamedTest[] => {
    const { state, errors } = test.result();
    const ended = state === 'failed' ? 'failed' : test.diagnostic()?.flaky ? 'second-try' : undefined;
    const said = firstLine(errors?.[0]?.message);
    return ended ? [{ ended, test: `${relativeModuleId} > ${test.fullName}`, said }] : [];
  });
  return [...module.errors().map(({ message }) => failed(relativeModuleId, message)), ...tests];
}

const Result = z.object({ error: z.object({ message: z.string().optional() }).optional() });
const Spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(Result) })),
});
const SuiteShape = z.object({
  specs: z.array(Spec).default([]),
  get suites() {
    return z.array(SuiteShape).default([]);
  },
});
type Suite = z.infer<typeof SuiteShape>;

const specsOf = (suite: Suite): readonly z.infer<typeof Spec>[] => [...suite.specs, ...suite.suites.flatMap(specsOf)];

/** Playwright's report, which says it of each test. */
export const PlaywrightSuites = z.object({ suites: z.array(SuiteShape) });

const ENDED: Readonly<Record<string, NamedTest['ended']>> = { flaky: 'second-try', unexpected: 'failed' };

export const namedTestsIn = ({ suites }: z.infer<typeof PlaywrightSuites>): readonly NamedTest[] =>
  suites.flatMap(specsOf).flatMap(({ title, file, tests }) =>
    tests.flatMap(({ status, results }): NamedTest[] => {
      const ended = ENDED[status];
      return ended ? [{ ended, test: `${file} > ${title}`, said: firstLine(results[0]?.error?.message) }] : [];
    }),
  );
