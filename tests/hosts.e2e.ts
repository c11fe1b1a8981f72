import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Kiosk } from '../cli/demo/kiosk.ts';
import { demoCandidate, openSite } from '../cli/demo/site.ts';
import { openArchive } from '../station/offline/index.ts';
import { cli, kioskWith, root, seedBank } from './stage.ts';

/** What a station in a plain browser says of itself, and what may not be sat in it. */
const who = demoCandidate('李文静', 1, null);
const SMALL = { width: 800, height: 600 };

/** The bar stands in sight, whole, and nothing lies under it. */
async function expectBar({ page }: Kiosk): Promise<void> {
  const bar = page.locator('.host-bar');
  await expect(bar).toHaveAttribute('data-host', 'browser');
  await expect(bar).toBeInViewport({ ratio: 1 });
  expect(await bar.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
  const next = await page.locator('.top-bar').boundingBox();
  const own = await bar.boundingBox();
  expect(next?.y).toBeGreaterThanOrEqual((own?.y ?? 0) + (own?.height ?? 0));
}

test('every screen in a browser says that it is for trying out, also of an exam that may be sat there', async () => {
  test.setTimeout(120_000);
  const folder = join(root, 'data/hosts-test');
  await using site = await openSite({ folder, ...seedBank(), candidates: [who], quiet: true });
  await using kiosk = await kioskWith(folder, 'bar', undefined);
  const { page } = kiosk;
  await page.setViewportSize(SMALL);
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await expectBar(kiosk);
  await expect(page.locator('.host-bar')).toHaveText('浏览器试用，不用于正式考试');
  await kiosk.tap('language');
  await expect(page.locator('.host-bar')).toHaveText('For trying out in a browser: not for formal exams');
  await expectBar(kiosk);
  await kiosk.tap('language');
  await kiosk.checkInByHand(who.number, site.proctorPin);
  await expectBar(kiosk);
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('exam');
  await expectBar(kiosk);
  await expect(page.locator('[data-action="hand-in"]')).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: join(folder, 'exam.png') });
  await kiosk.handIn();
  await kiosk.screen('result');
  await expectBar(kiosk);
  await page.locator('[data-receipt="verified"]').waitFor();
  const out = join(folder, 'batch.json');
  await site.killStation();
  await cli(['export', '--data', site.stationData(), '--out', out]);
  const checked = await cli(['verify', out, '--json']);
  expect(JSON.parse(checked.stdout)).toMatchObject({ verdict: 'proven', hosts: { browser: 1 } });
});

test('a formal exam that is for the locked kiosk turns its candidate away in a browser, in plain words', async () => {
  test.setTimeout(120_000);
  const folder = join(root, 'data/hosts-refused-test');
  const plan = { folder, ...seedBank(), candidates: [who], quiet: true, hosts: ['kiosk'] } as const;
  await using site = await openSite(plan);
  await using kiosk = await kioskWith(folder, 'refused', undefined);
  const { page } = kiosk;
  await kiosk.open(site.url());
  await kiosk.typeNumber(who.number);
  await expect(page.locator('.notice[data-reason="host-not-allowed"]')).toContainText('找监考员');
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(who);
  await expect(page.locator('.notice[data-reason="host-not-allowed"]')).toBeVisible();
  using archive = openArchive(site.stationData());
  expect(archive.sittings()).toEqual([]);
});
