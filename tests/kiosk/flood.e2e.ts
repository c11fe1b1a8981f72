import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type KioskLab, type LabKiosk, noLab, openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import { stationProcess } from '../../cli/lab/kiosk-process.ts';
import { tapPageLine } from '../../cli/lab/page-line.ts';

/** A page gone wild: frames that nobody asked for, as fast as it can. */
const why = noLab();
test.skip(why !== undefined, why);

const FLOOD_MS = 5_000;
/** Some frames under way, what a collector leaves lying for a while, and networks that may still be loaded. */
const [GROWTH_MB, ANSWERED_MS] = [500, 2_000];

let lab: KioskLab;
let kiosk: LabKiosk;
test.beforeAll(async () => {
  lab = await openKioskLab();
  kiosk = await lab.launch({ env: { EXAM_CENTER_URL: 'http://127.0.0.1:9' } });
});
test.afterAll(async () => {
  await kiosk?.[Symbol.asyncDispose]();
  await lab?.[Symbol.asyncDispose]();
});

/** The most memory that a process has held so far, and what it holds now. */
function memoryOf(pid: number): { readonly nowMb: number; readonly mostMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: mb('VmRSS'), mostMb: mb('VmHWM') };
}

test('shell and station hold no more than they can take in, and answer afterwards', async () => {
  const page = await kiosk.app.firstWindow();
  await expect(page.locator('[data-screen="not-ready"]')).toBeVisible();
  const line = await tapPageLine(page);
  await line.turns(50, true);
  const pids = { shell: kiosk.app.process().pid ?? 0, station: stationProcess(kiosk) };
  const before = { shell: memoryOf(pids.shell), station: memoryOf(pids.station) };
  const frames = await line.flood(FLOOD_MS);
  const after = { shell: memoryOf(pids.shell), station: memoryOf(pids.station) };
  expect(frames).toBeGreaterThan(100);
  for (const part of ['shell', 'station'] as const)
    expect(after[part].mostMb - before[part].nowMb, part).toBeLessThan(GROWTH_MB);
  // Sent away in the end, the page has come back by itself.
  await page.locator('.waiting').waitFor({ state: 'hidden' });
  const [answered] = await line.turns(1, true);
  expect(answered).toBeLessThan(ANSWERED_MS);
  expect([kiosk.app.process().pid, stationProcess(kiosk)]).toEqual([pids.shell, pids.station]);
});
