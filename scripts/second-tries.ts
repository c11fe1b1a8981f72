import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { z } from 'zod';

/**
 * A test that failed and then passed, when it was run once more: on two busy cores a program may start later than a test
 * waits for it. It counts as passed, and the last lines of a run name it with what it first said, so that nobody takes it
 * for steady.
 */
export type SecondTry = { readonly test: string; readonly said: string };
export const SecondTries = z.array(z.object({ test: z.string(), said: z.string() }));

/** Where {@link SecondTryReporter} writes. */
export const SECOND_TRIES_FILE = 'EXAM_TEST_SECOND_TRIES';

const firstLine = (message: string | undefined): string => message?.trim().split('\n', 1)[0] ?? '';

/** Vitest's own report in JSON does not say which tests ran twice. */
export default class SecondTryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const file = process.env[SECOND_TRIES_FILE];
    if (!file) return;
    const found = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test): SecondTry[] =>
        test.diagnostic()?.flaky
          ? [
              {
                test: `${module.relativeModuleId} > ${test.fullName}`,
                said: firstLine(test.result().errors?.[0]?.message),
              },
            ]
          : [],
      ),
    );
    writeFileSync(file, JSON.stringify(found));
  }
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

export const secondTriesIn = ({ suites }: z.infer<typeof PlaywrightSuites>): readonly SecondTry[] =>
  suites
    .flatMap(specsOf)
    .flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status === 'flaky')
        .map(({ results }) => ({ test: `${file} > ${title}`, said: firstLine(results[0]?.error?.message) })),
    );
