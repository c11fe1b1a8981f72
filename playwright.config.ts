import { defineConfig } from '@playwright/test';
import { findChromium } from './cli/chromium.ts';

const executablePath = await findChromium();

export default defineConfig({
  testDir: '.',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // People on these screens mostly wait, for a clock or for somebody's face: two cores have room for two of them.
  workers: 2,
  forbidOnly: true,
  // Named in the last lines of a run: see scripts/named-tests.ts.
  retries: 1,
  projects: [
    // A real Electron under a display of its own: one at a time, as there is one of it in a machine. First, so that browsers fill up.
    { name: 'kiosk', testMatch: 'tests/kiosk/*.e2e.ts', outputDir: 'data/test-results/kiosk', workers: 1 },
    { name: 'browser', testMatch: 'tests/*.e2e.ts', outputDir: 'data/test-results/browser' },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
      ],
    },
  },
});
