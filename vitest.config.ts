import { defineConfig } from 'vitest/config';

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
  },
});
