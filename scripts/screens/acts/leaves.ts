import type { Page } from 'playwright-core';
import { tellStory } from '../../../cli/demo/clips.ts';
import type { Site } from '../../../cli/demo/site.ts';
import type { Locale } from '../../../contract/words/localized.ts';
import type { Pose, Shoot } from '../photographer.ts';
import { type Act, castOf, kioskOf } from '../stage.ts';

/** Somebody leaves their seat in the middle; the exam is ended, and the center has it. */
export const leaves: Act = {
  faces: true,
  async play(stage) {
    const { shoot, people } = stage;
    const { candidate, empty } = castOf(stage);
    const story = tellStory([
      { clip: candidate, seconds: 10 },
      { clip: empty, seconds: 120 },
    ]);
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'leaves', story);
    const { page } = kiosk;
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await site.swipe(people[3]);
    await kiosk.screen('consenting');
    await kiosk.tap('consent');
    await kiosk.screen('awaiting-unlock');
    await kiosk.proctor('unlock', site.proctorPin);
    await kiosk.screen('paused', 40_000);
    await shoot(page, '11-paused');
    await kiosk.tap('incidents');
    await shoot(page, '11-incidents');
    await page.keyboard.press('Escape');
    await kiosk.proctor('terminate', site.proctorPin);
    await page.locator('[data-receipt="verified"]').waitFor();
    await atTheCenter(shoot, await kiosk.secondWindow(), site);
    await kiosk.tap('done');
    await kiosk.screen('idle');
  },
};

async function atTheCenter(shoot: Shoot, page: Page, site: Site): Promise<void> {
  const center = site.centerUrl();
  await page.goto(`${center}/`);
  await shoot(page, '16-token-at-the-center', byAddress(page, `${center}/`));
  const mistaken = `${center}/?token=${'x'.repeat(43)}`;
  await page.goto(mistaken);
  await shoot(page, '16-token-wrong', byAddress(page, mistaken));
  await page.goto(site.resultsUrl);
  await shoot(page, '16-results-at-the-center', byAddress(page, `${center}/`));
  await page.goto(`${center}/stations`);
  await shoot(page, '16-stations-at-the-center', byAddress(page, `${center}/stations`));
}

/** The center's pages have an address for each language, and may be longer than the screen. */
function byAddress(page: Page, address: string): Pose {
  let spoken: Locale | undefined;
  return {
    whole: true,
    async speak(locale) {
      if (locale === spoken) return;
      const there = new URL(address);
      there.searchParams.set('lang', locale);
      await page.goto(there.href);
      spoken = locale;
    },
  };
}
