import { type Act, castOf, kioskOf, siteOf, wholeClip } from '../stage.ts';

/** Somebody else comes with the card, and a proctor looks at how far apart they are. */
export const refusals: Act = {
  faces: true,
  async play(stage) {
    const [, who] = stage.people;
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'stranger', wholeClip(castOf(stage).stranger));
    const { page } = kiosk;
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await site.swipe(who);
    await kiosk.screen('consenting');
    await kiosk.tap('consent');
    await kiosk.screen('refused');
    await stage.shoot(page, '14-refused');
    await kiosk.tap('proctor');
    await page.locator('input[name="pin"]').fill(site.proctorPin);
    await kiosk.tap('scores');
    // The button goes when what it asks for is there.
    await page.locator('[role="dialog"] [data-action="scores"]').waitFor({ state: 'detached' });
    await stage.shoot(page, '14-scores');
    await page.keyboard.press('Escape');
    await kiosk.proctor('send-away', site.proctorPin);
    await kiosk.screen('idle');
  },
};

/** Nobody is before the camera. Where that is given up, they come again. */
export const nobody: Act = {
  faces: true,
  async play(stage) {
    const [, , who] = stage.people;
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'nobody', wholeClip(castOf(stage).empty));
    const { page } = kiosk;
    const come = async (): Promise<void> => {
      await site.swipe(who);
      await kiosk.screen('consenting');
      await kiosk.tap('consent');
      await page.locator('[data-screen="capturing"] [data-reason="no-face"]').waitFor();
    };
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await come();
    await stage.shoot(page, '05-capture', {
      async again() {
        await kiosk.screen('refused');
        await kiosk.tap('leave');
        await kiosk.screen('idle');
        await come();
      },
    });
    await kiosk.tap('leave');
    await kiosk.screen('idle');
  },
};

/** A formal exam as it is delivered: gestures are asked for. The feed does none of them. */
export const gestures: Act = {
  faces: true,
  async play(stage) {
    const [who] = stage.people;
    await using site = await siteOf(stage, 'gestures', { liveness: 'active' });
    await using kiosk = await kioskOf(stage, 'gestures', wholeClip(castOf(stage).candidate));
    const asked = kiosk.page.locator('[data-gesture]:not([data-gesture="settle"])');
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await site.swipe(who);
    await kiosk.screen('consenting');
    await kiosk.tap('consent');
    await asked.waitFor();
    await stage.shoot(kiosk.page, '05-gesture');
  },
};
