import { type Act, castOf, kioskOf, wholeClip } from '../stage.ts';

/** A visitor practises, answers one item and asks what is right. */
export const practice: Act = {
  faces: true,
  async play(stage) {
    const { shoot } = stage;
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'visitor', wholeClip(castOf(stage).candidate));
    const { page } = kiosk;
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await kiosk.tap('visitor');
    await kiosk.screen('enrolling');
    await kiosk.tap('consent');
    await kiosk.screen('awaiting-unlock');
    await kiosk.tap('topics');
    await page.locator('[data-topic]').first().waitFor();
    await shoot(page, '17-practice-topics');
    await page.keyboard.press('Escape');
    await kiosk.tap('begin');
    await kiosk.screen('exam');
    await page.locator('input[data-option]').last().check();
    await page.locator('[data-saving="false"]').waitFor();
    await kiosk.tap('check');
    await page.locator('[data-right="true"]').first().waitFor();
    await shoot(page, '17-practice');
    await kiosk.handIn();
    await kiosk.tap('mistakes');
    await page.locator('[role="dialog"] li').first().waitFor();
    await shoot(page, '18-mistakes');
    await page.keyboard.press('Escape');
    await kiosk.tap('done');
    await kiosk.screen('idle');
  },
};
