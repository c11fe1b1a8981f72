import { existsSync } from 'node:fs';
import { readVariable } from '../contract/shell/variables.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

/** A Chromium of this machine: `$EXAM_STATION_CHROMIUM`, a system one, or the one Playwright downloaded. */
export async function findChromium(): Promise<string | undefined> {
  const named = readVariable('chromium', process.env);
  if (named) return existsSync(named) ? named : undefined;
  return PLACES.find(existsSync) ?? (await downloaded());
}

async function downloaded(): Promise<string | undefined> {
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
