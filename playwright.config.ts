import { defineConfig } from '@playwright/test';
import { findChromium } from './cli/chromium.ts';

const executablePath = await findChromium();

export default defineConfig({
  testDir: '.',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // The kiosk runs beside the browser (scripts/test.ts): that is what two cores have room for.
  workers: 1,
  forbidOnly: true,
  projects: [
    { name: 'browser', testMatch: 'tests/*.e2e.ts', outputDir: 'data/test-results/browser' },
    // A real Electron under a display of its own.
    { name: 'kiosk', testMatch: 'tests/kiosk/*.e2e.ts', outputDir: 'data/test-results/kiosk' },
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
