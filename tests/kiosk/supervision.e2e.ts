import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { handsOn } from '../../cli/demo/kiosk.ts';
import { openSite } from '../../cli/demo/site.ts';
import { noLab, openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import { stationProcess } from '../../cli/lab/kiosk-process.ts';
import { root, seedBank } from '../stage.ts';

const why = noLab();
test.skip(why !== undefined, why);

/** Nobody answers there. */
const NO_CENTER = { EXAM_CENTER_URL: 'http://127.0.0.1:9' };
const FIRST_SCREEN = '[data-screen="not-ready"]';

test('a station that hangs is ended and comes back', async () => {
  test.setTimeout(120_000);
  await using lab = await openKioskLab();
  await using kiosk = await lab.launch({ env: NO_CENTER });
  const page = await kiosk.app.firstWindow();
  await page.locator(FIRST_SCREEN).waitFor();
  const hanging = stationProcess(kiosk);
  process.kill(hanging, 'SIGSTOP');
  await expect.poll(() => existsSync(`/proc/${hanging}`), { timeout: 40_000 }).toBe(false);
  await expect(page.locator('.waiting')).toBeHidden({ timeout: 20_000 });
  await expect(page.locator(FIRST_SCREEN)).toBeVisible();
  expect(stationProcess(kiosk)).not.toBe(hanging);
});

test('a page that hangs is ended and loaded again, and one whose graphics process dies goes on', async () => {
  test.setTimeout(120_000);
  await using lab = await openKioskLab();
  await using kiosk = await lab.launch({ env: NO_CENTER });
  const page = await kiosk.app.firstWindow();
  await page.locator(FIRST_SCREEN).waitFor();
  const processes = () => kiosk.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid, type }) => ({ pid, type })));
  const pidOf = async (type: string) => (await processes()).find((one) => one.type === type)?.pid as number;

  process.kill(await pidOf('GPU'), 'SIGKILL');
  await page.locator('[data-action="language"]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  const before = await pidOf('Tab');
  void page.evaluate('for (;;);').catch(() => undefined);
  await expect.poll(() => pidOf('Tab'), { timeout: 60_000, intervals: [1_000] }).not.toBe(before);
  // The window, not Playwright, which lost its page, is asked: there is a page again, whole, at its address.
  const state = () =>
    kiosk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return [contents?.getURL(), contents?.isCrashed(), contents?.isLoadingMainFrame()];
    });
  await expect.poll(state, { timeout: 20_000 }).toEqual(['app://station/index.html', false, false]);
  expect(kiosk.said()).toContain('the page is gone and is loaded again');
});

test('only a proctor closes the kiosk, and says why; what was locked is unlocked', async () => {
  test.setTimeout(90_000);
  await using lab = await openKioskLab();
  const folder = join(root, 'data/leaving-test');
  await using site = await openSite({ folder, ...seedBank(), candidates: [], quiet: true, runs: 'kiosk' });
  lab.user.give(site.stationData());
  lab.user.give(site.reader.path);
  const profile = lab.user.makeFolder('kiosk-leaving-');
  await using kiosk = await lab.launch({ env: site.seat(), profile });
  const shell = kiosk.app.process();
  const page = await kiosk.app.firstWindow();
  const hands = handsOn(
    page,
    () => Promise.reject(new Error('one window')),
    async () => undefined,
  );
  await kiosk.waitUntilLocked();
  await hands.screen('idle');
  // The window manager asks it to close, as Alt+F4 would: it stays.
  await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await page.locator('[data-action="readiness"]').click();
  await hands.tap('proctor');
  await page.locator('input[name="pin"]').fill('000000');
  await hands.tap('proctor-enter');
  await expect(page.locator('[role="dialog"] [data-reason="pin-wrong"]')).toBeVisible();
  expect(shell.exitCode).toBeNull();
  const ended = once(shell, 'exit');
  await page.locator('input[name="pin"]').fill(site.proctorPin);
  await hands.tap('proctor-enter');
  await hands.choose('close-kiosk');
  await page.locator('[role="dialog"] .usual button').first().click();
  await hands.tap('close-kiosk');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(join(profile, 'lockdown.json'))).toBe(false);
});
