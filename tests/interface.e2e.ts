import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { timeSitting } from '../bench/interface/sitting.ts';
import { demoCandidate, openSite } from '../cli/demo/site.ts';
import { picturesOf } from '../contract/words/pictures.ts';
import { makeBank } from '../proof/index.ts';
import { kioskWith, root, seedBank } from './stage.ts';

/** A short round of `npm run -s bench -- interface`: what it says of speed is for the bench, what it says of stillness is held here. */
const folder = join(root, 'data/interface-test');
const [LAPS, ACTS_A_LAP] = [2, 19];
/** Chromium calls a page still that moves less than 0.1 in all; this is a tenth of that, for one screen. */
const STILL = 0.01;
/** Upon these, all that is on the screen becomes larger or says something else. */
const CHANGES_ALL = ['larger-text', 'smaller-text', 'language'];

test('every act of a sitting is answered, and nothing moves but what was asked to', async () => {
  test.setTimeout(180_000);
  const who = demoCandidate('李文静', 1, null);
  // Pictures are on their way when somebody begins sooner than people do; that they come ahead is held in pictures.e2e.ts.
  const { bank: whole, pictures } = seedBank();
  const bank = makeBank(
    whole.title,
    whole.items.filter((item) => picturesOf([item]).size === 0),
  );
  await using site = await openSite({ folder, bank, pictures, candidates: [who], quiet: true });
  await using kiosk = await kioskWith(folder, 'still', undefined);
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  const sitter = { number: who.number, pin: site.proctorPin, watched: false };
  const { untilPaint, by, shifts } = await timeSitting(kiosk.page, sitter, LAPS);
  expect(untilPaint.count).toBeGreaterThan(LAPS * ACTS_A_LAP);
  expect(Math.min(by.mouse.count, by.touch.count, by.key.count)).toBeGreaterThan(LAPS);
  const moved = Object.entries(shifts).flatMap(([screen, { upon }]) =>
    Object.entries(upon).map(([act, { value, what }]) => ({ screen, act, value, what })),
  );
  // That it looks at all: larger print moves everything.
  expect(moved.map(({ act }) => act)).toContain('larger-text');
  expect(moved.filter(({ act, value }) => value > STILL && !CHANGES_ALL.includes(act))).toEqual([]);
});
