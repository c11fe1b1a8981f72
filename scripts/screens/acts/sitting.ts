import { keysOf } from '../../../cli/demo/keys.ts';
import type { Kiosk } from '../../../cli/demo/kiosk.ts';
import type { Site } from '../../../cli/demo/site.ts';
import { drawInMirrors } from '../drawn-camera.ts';
import { type Act, castOf, kioskOf, type Stage, wholeClip } from '../stage.ts';

/** A whole sitting of somebody who is who they say they are. */
export const sitting: Act = {
  faces: true,
  async play(stage) {
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'genuine', wholeClip(castOf(stage).candidate));
    await atTheDoor(stage, kiosk, site);
    await checkIn(stage, kiosk, site);
    await sit(stage, kiosk, site);
    await end(stage, kiosk, site);
  },
};

const MISTYPED = '110105194912310021';

async function atTheDoor({ shoot }: Stage, kiosk: Kiosk, site: Site): Promise<void> {
  const { page } = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await shoot(page, '01-idle');
  await kiosk.typeNumber(MISTYPED);
  await page.locator('[data-reason="number-checksum"]').waitFor();
  await shoot(page, '02-type-number');
  await kiosk.open(site.url());
  await kiosk.tap('visitor');
  await kiosk.screen('enrolling');
  await shoot(page, '03-visitor');
  await kiosk.tap('decline');
  await kiosk.screen('idle');
}

async function checkIn({ shoot, people: [who] }: Stage, kiosk: Kiosk, site: Site): Promise<void> {
  const { page } = kiosk;
  await site.swipe(who);
  await kiosk.screen('consenting');
  await shoot(page, '04-consent');
  await kiosk.tap('consent');
  await kiosk.screen('awaiting-unlock');
  await shoot(page, '06-verified');
  await kiosk.openDesk(site.proctorPin);
  await shoot(page, '07-proctor-unlocks');
  // Photographing takes its time, and the sheet may have closed by itself.
  await page.keyboard.press('Escape');
  await kiosk.proctor('unlock', site.proctorPin);
}

async function sit({ shoot, seed }: Stage, kiosk: Kiosk, site: Site): Promise<void> {
  const { page } = kiosk;
  await kiosk.screen('exam');
  await kiosk.answer(keysOf(seed.bank), 0, 8);
  await kiosk.tap('flag');
  await shoot(page, '08-exam');
  for (const action of ['larger-text', 'larger-text']) await kiosk.tap(action);
  await shoot(page, '08-exam-large-print');
  for (const action of ['smaller-text', 'smaller-text']) await kiosk.tap(action);
  await kiosk.proctor('pause', site.proctorPin);
  await kiosk.screen('paused');
  await shoot(page, '12-locked');
  await kiosk.proctor('resume', site.proctorPin);
  await kiosk.screen('exam');
  await kiosk.tap('hand-in');
  await shoot(page, '10-hand-in');
  await kiosk.tap('confirm-hand-in');
}

async function end({ shoot }: Stage, kiosk: Kiosk, site: Site): Promise<void> {
  const { page } = kiosk;
  await page.locator('[data-receipt="verified"]').waitFor();
  await shoot(page, '13-result');
  await kiosk.tap('topics');
  await shoot(page, '13-topics');
  await page.keyboard.press('Escape');
  await kiosk.tap('done');
  await kiosk.screen('idle');
  const second = await kiosk.secondWindow();
  await drawInMirrors(second.context());
  await second.goto(site.url());
  await second.locator('[role="alertdialog"][data-reason]').waitFor();
  await shoot(second, '15-second-window');
}
