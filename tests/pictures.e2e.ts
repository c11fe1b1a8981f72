import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { installProbe, takeSeen } from '../bench/interface/probe.ts';
import { demoCandidate, openSite } from '../cli/demo/site.ts';
import { picturesOf } from '../contract/words/pictures.ts';
import { makeBank } from '../proof/index.ts';
import { kioskWith, root, seedBank } from './stage.ts';

test('items with pictures travel from the center to the page: under stems, as options, enlarged', async () => {
  test.setTimeout(120_000);
  const folder = join(root, 'data/pictures-test');
  const seed = seedBank();
  const items = seed.bank.items.filter((item) => picturesOf([item]).size > 0);
  const bank = makeBank(seed.bank.title, items);
  const candidates = [demoCandidate('李文静', 1, null)];
  await using site = await openSite({ folder, bank, pictures: seed.pictures, candidates, quiet: true });
  await using kiosk = await kioskWith(folder, 'no-camera', undefined);
  const { page } = kiosk;
  await installProbe(page);
  let fetched = 0;
  page.on('websocket', (line) =>
    line.on('framereceived', ({ payload }) => {
      // A proctor's sheet asks for photos, which are a list, an empty one too.
      if (String(payload).includes('"base64":"')) fetched += 1;
    }),
  );
  await kiosk.open(site.url());
  await kiosk.checkInByHand(candidates[0]?.number ?? '', site.proctorPin);
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('exam');

  const numbers = page.locator('.navigator button');
  expect(await numbers.count()).toBe(items.length);
  // They are here before anybody turns to them, and stand there with their page: what is about to be touched stays where it is.
  await expect.poll(() => fetched).toBe(picturesOf(items).size);
  await takeSeen(page);
  const shown = { stem: 0, options: 0 };
  for (let at = 0; at < items.length; at++) {
    await numbers.nth(at).click();
    await page.locator('.item img').first().waitFor();
    for (const img of await page.locator('.item img').all()) {
      await expect.poll(() => img.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(240);
      expect(await img.getAttribute('alt')).toMatch(/形|环/);
    }
    shown.stem += await page.locator('.pictures img').count();
    shown.options += await page.locator('.option img').count();
  }
  expect(shown).toEqual({ stem: 2, options: 4 });
  const { taps, shifts } = await takeSeen(page);
  expect(taps).toBeGreaterThan(items.length);
  expect(shifts.filter(({ what }) => what.includes('option'))).toEqual([]);

  for (let at = 0; (await page.locator('button.picture').count()) === 0; at++) await numbers.nth(at).click();
  await page.locator('button.picture').click();
  await expect(page.locator('[role="dialog"] .picture.large img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[role="dialog"]')).toHaveCount(0);
});
