import { defineConfig } from '@playwright/test';
import { findChromium } from './cli/chromium.ts';

const executablePath = await findChromium();

export default defineConfig({
  testDir: '.',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Of all projects together; on two cores it would be one.
  workers: 2,
  forbidOnly: true,
  projects: [
    { name: 'browser', testMatch: 'tests/*.e2e.ts', outputDir: 'data/test-results/browser' },
    // A real Electron under a display of its own. It looks at its whole machine: another one beside it would be seen.
    { name: 'kiosk', testMatch: 'tests/kiosk/*.e2e.ts', workers: 1, outputDir: 'data/test-results/kiosk' },
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
