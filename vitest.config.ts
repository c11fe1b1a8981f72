import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**', 'data/**'],
    // A test in which nothing was held against anything, such as a loop over an empty list, has proven nothing.
    expect: { requireAssertions: true },
    // Some tests start programs, open pseudo-terminals or run networks on two slow cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
  },
});
