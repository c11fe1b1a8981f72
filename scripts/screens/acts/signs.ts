import { picturesOf } from '../../../contract/words/pictures.ts';
import { makeBank } from '../../../proof/index.ts';
import { type Act, kioskOf, siteOf } from '../stage.ts';

/** Items with pictures, and nothing else. */
export const signs: Act = {
  faces: false,
  async play(stage) {
    const { bank } = stage.seed;
    const pictured = makeBank(
      bank.title,
      bank.items.filter((item) => picturesOf([item]).size > 0),
    );
    await using site = await siteOf(stage, 'signs', { bank: pictured });
    await using kiosk = await kioskOf(stage, 'signs');
    const { page } = kiosk;
    await kiosk.open(site.url());
    await kiosk.checkInByHand(stage.people[0].number, site.proctorPin);
    await kiosk.proctor('unlock', site.proctorPin);
    await kiosk.screen('exam');
    for (const [shown, name] of [
      ['[data-screen="exam"] button img', '19-picture'],
      ['label:has([data-option]) img', '19-pictures-to-choose'],
    ] as const) {
      const picture = page.locator(shown).first();
      while (!(await picture.count())) await kiosk.tap('next');
      await picture.waitFor();
      await stage.shoot(page, name);
      while (await page.locator('[data-action="previous"]:enabled').count()) await kiosk.tap('previous');
    }
  },
};
