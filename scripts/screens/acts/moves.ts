import { setTimeout } from 'node:timers/promises';
import { keysOf } from '../../../cli/demo/keys.ts';
import { openArchive } from '../../../station/offline/index.ts';
import { type Act, kioskOf, siteOf } from '../stage.ts';

/** An exam that goes on at another station: what the proctor chooses, what is said where it left, and where it goes on. */
export const moves: Act = {
  faces: false,
  async play(stage) {
    const { shoot, people, seed } = stage;
    const { number } = people[0];
    await using site = await siteOf(stage, 'moves');
    await using here = await kioskOf(stage, 'here');
    await using there = await kioskOf(stage, 'there');
    const pin = site.proctorPin;
    const spare = await site.addStation('备用机');
    // It hears of the other one at its start.
    await site.killStation();
    await site.startStation();
    await here.open(site.url());
    await here.checkInByHand(number, pin);
    await here.proctor('unlock', pin);
    await here.screen('exam');
    await here.answer(keysOf(seed.bank), 0, 6);
    await here.tap('proctor');
    await here.choose('move');
    await here.page.locator('[role="dialog"] input[name="station"]').check();
    await here.page.locator('[role="dialog"] input[name="note"]').fill('本机故障');
    await here.page.locator('input[name="pin"]').fill(pin);
    await shoot(here.page, '20-move');
    await here.page.locator('[role="dialog"] [data-action="move"]').click();
    await here.screen('turned-away');
    await here.page.locator('[data-sent="delivered"]').waitFor();
    await shoot(here.page, '20-moved');
    await there.open(spare.url);
    using archive = openArchive(spare.data);
    while (archive.arrivals() === 0) await setTimeout(200);
    await there.checkInByHand(number, pin);
    await shoot(there.page, '20-goes-on');
  },
};
