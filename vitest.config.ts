import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { whyNoPostgres } from './center/testing/postgres-server.ts';

/** What takes longest begins first, so that at the end no core waits for one file. */
const SLOW = [
  'tests/attacks/on-stations-replayed',
  'tests/attacks/on-results-replayed',
  'native/face/engine',
  'build/linux',
  'station/watch',
  'station/moving',
];
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.findIndex((part) => moduleId.includes(part));
      return at < 0 ? SLOW.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Every test, wherever it lies. */
export const EVERY_TEST = ['**/*.test.{ts,tsx}'];

/**
 * What leans on a database's own behaviour is proven on a PostgreSQL server too, where one can be had; `.postgres.test.ts` on that
 * alone.
 */
const ON_POSTGRES = [
  'center/**/*.postgres.test.ts',
  'center/{audit,database,log,moves}/*.test.ts',
  'center/jobs/jobs.test.ts',
  'center/schedules/schedules.test.ts',
  'center/results/{accept-batch,disputes,judging,tallies}.test.ts',
  'center/bulletin/firm-figures.test.ts',
  'center/stations/{enrol,grants,ledger-heads,revoke,rotate}.test.ts',
  'center/station-api/{assignment,mail}.test.ts',
  'center/people/{set-pin,proctor-numbers}.test.ts',
  'center/run/{keys,migrations,schema,walls}.test.ts',
  'center/locks.test.ts',
];
/**
 * What holds for a whole process: another module in the place of one, and drawings, which sharp opens no more once the program has
 * forbidden it.
 */
const BY_THEMSELVES = [
  'center/people/set-pin-cost.test.ts',
  'electron/window/preload.test.ts',
  'renderer/candidate/receipt-code.test.tsx',
];

const onPostgres = {
  extends: true,
  test: {
    name: 'on PostgreSQL',
    include: ON_POSTGRES,
    globalSetup: 'center/testing/postgres-once.ts',
    setupFiles: 'center/testing/on-postgres.ts',
  },
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'here', include: EVERY_TEST, exclude: ['**/*.postgres.test.ts', ...BY_THEMSELVES] },
      },
      { extends: true, test: { name: 'by themselves', include: BY_THEMSELVES, isolate: true } },
      ...(whyNoPostgres() ? [] : [onPostgres]),
    ],
    exclude: ['**/node_modules/**', 'dist/**', 'data/**'],
    // A test in which nothing was held against anything, such as a loop over an empty list, has proven nothing.
    expect: { requireAssertions: true },
    // Some tests start programs, open pseudo-terminals or run networks on two slow cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Named in the last lines of a run: see scripts/named-tests.ts.
    retry: 1,
    maxWorkers: 2,
    // Half of the time of a file is that of loading what another has loaded before it.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    sequence: { sequencer: SlowFirst },
  },
});
