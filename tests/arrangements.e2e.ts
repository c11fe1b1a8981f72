import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { cli, drawnStory, kioskWith, root, seedBank } from './stage.ts';

/** What is registered for a candidate, as the page in front of them goes by it. */
const folder = join(root, 'data/arrangements-test');
const { bank, pictures } = seedBank();
const [arranged, other] = [demoCandidate('李文静', 1, null), demoCandidate('赵大山', 2, null)];
let site: Site;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await openSite({ folder, bank, pictures, candidates: [arranged, other], quiet: true });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

test('print and language are theirs from the card on, and nobody else’s', async () => {
  test.setTimeout(300_000);
  const words = ['--print', 'largest', '--language', 'en', '--extra-minutes', '30'];
  const at = ['--center', site.centerUrl(), '--token', site.operatorToken];
  expect((await cli(['candidate', 'arrange', arranged.number, ...words, ...at])).status).toBe(0);

  await using kiosk = await kioskWith(folder, 'arranged', await drawnStory());
  const { page } = kiosk;
  await kiosk.open(site.url());
  const html = page.locator('html');
  const print = () => html.evaluate((element) => element.style.getPropertyValue('--text'));
  // Until the station has heard of it.
  await expect(async () => {
    await kiosk.screen('idle');
    await site.swipe(arranged);
    await kiosk.screen('consenting');
    const heard = (await html.getAttribute('lang')) === 'en';
    if (!heard) await kiosk.tap('leave');
    expect(heard).toBe(true);
  }).toPass({ timeout: 150_000 });
  expect(await print()).toBe('1.4');
  await expect(page.locator('[data-action="larger-text"]')).toBeDisabled();

  // What they choose holds, also where the page is loaded again.
  await kiosk.tap('language');
  await expect(html).toHaveAttribute('lang', 'zh');
  await kiosk.tap('smaller-text');
  expect(await print()).toBe('1.2');
  await page.reload();
  await kiosk.screen('consenting');
  await expect(html).toHaveAttribute('lang', 'zh');
  expect(await print()).toBe('1.2');

  await kiosk.tap('leave');
  await kiosk.screen('idle');
  expect(await print()).toBe('');
  await site.swipe(other);
  await kiosk.screen('consenting');
  await expect(html).toHaveAttribute('lang', 'zh');
  expect(await print()).toBe('1');
  await kiosk.tap('leave');
});

test('a proctor reads what is registered beside what they may do', async () => {
  await using kiosk = await kioskWith(folder, 'registered', await drawnStory());
  const { page } = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(arranged);
  await kiosk.screen('consenting');
  await kiosk.tap('decline');
  await kiosk.screen('refused');
  await kiosk.openDesk(site.proctorPin);
  await expect(page.locator('[data-registered]')).toContainText('30 more minutes · largest print · screen in English');
});
