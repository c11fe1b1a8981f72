import { defineConfig } from '@playwright/test';
import { findChromium } from './cli/chromium.ts';

const executablePath = await findChromium();

export default defineConfig({
  testDir: '.',
  testMatch: ['tests/**/*.e2e.ts', 'electron/**/*.e2e.ts'],
  outputDir: 'data/test-results',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: true,
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
