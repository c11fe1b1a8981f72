import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { findChromium } from '../cli/chromium.ts';
import { type Cast, castParts, readClips, tellStory } from '../cli/demo/clips.ts';
import { type Keys, keysOf } from '../cli/demo/keys.ts';
import { type Kiosk, openKiosk } from '../cli/demo/kiosk.ts';
import { type DemoCandidate, demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { BankFile } from '../contract/words/items.ts';
import { picturesOf } from '../contract/words/pictures.ts';
import { Refusal } from '../contract/words/reasons.ts';
import { openFaceEngine } from '../native/face/index.ts';
import { bankFromFile, makeBank, picturesFromFile } from '../proof/index.ts';
import { openArchive } from '../station/offline/index.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { sharedData } from '../tests/kit/shared-data.ts';
import { ensureChromium } from './ensure-chromium.ts';

/**
 * `npm run screenshots`: plays real sittings and photographs every screen into docs/screens/. The camera picture is left
 * out: the feeds are other people's faces and do not belong into the repository.
 */
const root = resolve(import.meta.dirname, '..');
const out = join(root, 'docs/screens');
const work = join(root, 'data/screens');

async function main(): Promise<void> {
  const chromium = (await findChromium()) ?? (await ensureChromium((line) => process.stderr.write(`${line}\n`)));
  if (!chromium) throw new Refusal('internal', 'no Chromium');
  mkdirSync(out, { recursive: true });
  const cast = await readCast();
  const names = ['李文静', '陈建国', '赵小燕', '周志强'];
  const people = names.map((name, i) => demoCandidate(name, i + 1, cast.enrolment.best ?? null));
  const seed = readSeedBank();
  const { bank } = seed;
  await using site = await openSite({
    folder: work,
    ...seed,
    candidates: people,
    quiet: true,
  });
  const open = (name: string, clip: Cast['empty']) =>
    openKiosk(chromium, work, name, tellStory([{ clip, seconds: clip.jpegs.length / 15 }]));
  await wholeSitting(await open('genuine', cast.candidate), site, people[0] as DemoCandidate, keysOf(bank));
  await refusals(await open('stranger', cast.stranger), site, people[1] as DemoCandidate);
  await nobody(await open('nobody', cast.empty), site, people[2] as DemoCandidate);
  await practice(await open('visitor', cast.candidate), site);
  await leavesSeat(chromium, cast, site, people[3] as DemoCandidate);
  await signs(await open('signs', cast.empty), people, seed);
  await gestures(await open('gestures', cast.candidate), people, seed);
  await moves(await open('here', cast.empty), await open('there', cast.empty), people, seed);
}

const camera = (kiosk: Kiosk) => (name: string) => photograph(kiosk.page, name);

async function photograph(page: Page, name: string): Promise<void> {
  for (const video of await page.locator('video').all()) {
    await video.evaluate((element) => {
      element.style.visibility = 'hidden';
    });
  }
  await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });
  process.stdout.write(`docs/screens/${name}.png\n`);
}

async function wholeSitting(kiosk: Kiosk, site: Site, who: DemoCandidate, keys: Keys): Promise<void> {
  await using _ = kiosk;
  const shoot = camera(kiosk);
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await shoot('01-idle');
  await kiosk.tap('type');
  await kiosk.page.locator('input[name="number"]').fill('110105194912310021');
  await kiosk.page.locator('button[type="submit"]').click();
  await kiosk.page.locator('[data-reason="number-checksum"]').waitFor();
  await shoot('02-type-number');
  await kiosk.open(site.url());
  await kiosk.tap('visitor');
  await kiosk.screen('enrolling');
  await shoot('03-visitor');
  await kiosk.tap('decline');
  await kiosk.screen('idle');
  await site.swipe(who);
  await kiosk.screen('consenting');
  await shoot('04-consent');
  await kiosk.tap('consent');
  await kiosk.screen('awaiting-unlock');
  await shoot('06-verified');
  await kiosk.tap('proctor');
  await kiosk.page.locator('input[name="pin"]').fill(site.proctorPin);
  await shoot('07-proctor-unlocks');
  await kiosk.page.locator('[role="dialog"] [data-action="unlock"]').click();
  await kiosk.screen('exam');
  await kiosk.answer(keys, 0, 8);
  await kiosk.tap('flag');
  await shoot('08-exam');
  await kiosk.tap('language');
  await shoot('09-exam-english');
  await kiosk.tap('language');
  await kiosk.proctor('pause', site.proctorPin);
  await kiosk.screen('paused');
  await shoot('12-locked');
  await kiosk.proctor('resume', site.proctorPin);
  await kiosk.screen('exam');
  await kiosk.tap('hand-in');
  await shoot('10-hand-in');
  await kiosk.tap('confirm-hand-in');
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
  await shoot('13-result');
  await kiosk.tap('topics');
  await shoot('13-topics');
  await kiosk.page.keyboard.press('Escape');
  await kiosk.tap('done');
  const second = await kiosk.secondWindow();
  await second.goto(site.url());
  await second.locator('h1').waitFor();
  await photograph(second, '15-second-window');
}

async function refusals(kiosk: Kiosk, site: Site, who: DemoCandidate): Promise<void> {
  await using _ = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(who);
  await kiosk.screen('consenting');
  await kiosk.tap('consent');
  await kiosk.screen('refused');
  await camera(kiosk)('14-refused');
  await kiosk.tap('proctor');
  await kiosk.page.locator('input[name="pin"]').fill(site.proctorPin);
  await kiosk.tap('scores');
  await kiosk.page.locator('dl.scores').waitFor();
  await camera(kiosk)('14-scores');
  await kiosk.page.keyboard.press('Escape');
  await kiosk.proctor('send-away', site.proctorPin);
  await kiosk.screen('idle');
}

async function nobody(kiosk: Kiosk, site: Site, who: DemoCandidate): Promise<void> {
  await using _ = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(who);
  await kiosk.screen('consenting');
  await kiosk.tap('consent');
  await kiosk.screen('capturing');
  await kiosk.page.locator('[data-reason="no-face"]').waitFor();
  await camera(kiosk)('05-capture');
  await kiosk.tap('leave');
}

/** A visitor practises, answers one item and asks what is right. */
async function practice(kiosk: Kiosk, site: Site): Promise<void> {
  await using _ = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await kiosk.tap('visitor');
  await kiosk.screen('enrolling');
  await kiosk.tap('consent');
  await kiosk.screen('awaiting-unlock');
  await kiosk.tap('topics');
  await kiosk.page.locator('[data-topic]').first().waitFor();
  await camera(kiosk)('17-practice-topics');
  await kiosk.page.keyboard.press('Escape');
  await kiosk.tap('begin');
  await kiosk.screen('exam');
  await kiosk.page.locator('.item input').last().check();
  await kiosk.page.locator('[data-saving="false"]').waitFor();
  await kiosk.tap('check');
  await kiosk.page.locator('.feedback').waitFor();
  await camera(kiosk)('17-practice');
  await kiosk.handIn();
  await kiosk.tap('mistakes');
  await kiosk.page.locator('ol.mistakes').waitFor();
  await camera(kiosk)('18-mistakes');
  await kiosk.page.keyboard.press('Escape');
  await kiosk.tap('done');
}

/** Items with pictures, and nothing else. */
async function signs(kiosk: Kiosk, candidates: readonly DemoCandidate[], seed: SeedBank): Promise<void> {
  await using _ = kiosk;
  const folder = join(root, 'data/screens-signs');
  const bank = makeBank(
    seed.bank.title,
    seed.bank.items.filter((item) => picturesOf([item]).size > 0),
  );
  await using site = await openSite({ folder, ...seed, bank, candidates, quiet: true });
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(candidates[0] as DemoCandidate);
  await kiosk.screen('consenting');
  await kiosk.tap('decline');
  await kiosk.screen('refused');
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('exam');
  for (const [shown, name] of [
    ['.pictures', '19-picture'],
    ['.option .picture', '19-pictures-to-choose'],
  ] as const) {
    for (;;) {
      if (await kiosk.page.locator(shown).count()) break;
      await kiosk.tap('next');
    }
    await kiosk.page.locator(`${shown} img`).first().waitFor();
    await camera(kiosk)(name);
    while (await kiosk.page.locator('[data-action="previous"]:enabled').count()) await kiosk.tap('previous');
  }
  await kiosk.handIn();
  await kiosk.tap('done');
}

/** An exam that goes on at another station: what the proctor chooses, what is said where it left, and where it goes on. */
async function moves(here: Kiosk, there: Kiosk, candidates: readonly DemoCandidate[], seed: SeedBank): Promise<void> {
  await using _ = here;
  await using __ = there;
  const folder = join(root, 'data/screens-moves');
  await using site = await openSite({ folder, ...seed, candidates, quiet: true });
  const pin = site.proctorPin;
  const number = candidates[0]?.number ?? '';
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
  await here.page.locator('.stations input').check();
  await here.page.locator('[role="dialog"] .usual button').first().click();
  await here.page.locator('input[name="pin"]').fill(pin);
  await camera(here)('20-move');
  await here.page.locator('[role="dialog"] [data-action="move"]').click();
  await here.screen('turned-away');
  await here.page.locator('[data-sent="delivered"]').waitFor();
  await camera(here)('20-moved');
  await there.open(spare.url);
  using archive = openArchive(spare.data);
  while (archive.arrivals() === 0) await setTimeout(200);
  await there.checkInByHand(number, pin);
  await camera(there)('20-goes-on');
}

/** A formal exam as it is delivered: gestures are asked for. The feed does none of them. */
async function gestures(kiosk: Kiosk, candidates: readonly DemoCandidate[], seed: SeedBank): Promise<void> {
  await using _ = kiosk;
  const folder = join(root, 'data/screens-gestures');
  await using site = await openSite({ folder, ...seed, candidates, quiet: true, liveness: 'active' });
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(candidates[0] as DemoCandidate);
  await kiosk.screen('consenting');
  await kiosk.tap('consent');
  await kiosk.page.locator('[data-gesture]:not([data-gesture="settle"])').waitFor();
  await camera(kiosk)('05-gesture');
  await kiosk.tap('leave');
  await kiosk.screen('idle');
}

async function leavesSeat(chromium: string, cast: Cast, site: Site, who: DemoCandidate): Promise<void> {
  const story = tellStory([
    { clip: cast.candidate, seconds: 10 },
    { clip: cast.empty, seconds: 20 },
  ]);
  await using kiosk = await openKiosk(chromium, work, 'leaves', story);
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await site.swipe(who);
  await kiosk.screen('consenting');
  await kiosk.tap('consent');
  await kiosk.screen('awaiting-unlock');
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('paused', 30_000);
  await camera(kiosk)('11-paused');
  await kiosk.tap('incidents');
  await camera(kiosk)('11-incidents');
  await kiosk.page.keyboard.press('Escape');
  await kiosk.proctor('terminate', site.proctorPin);
  await kiosk.page.locator('[data-receipt="verified"]').waitFor();
  await kiosk.page.goto(site.resultsUrl);
  await photograph(kiosk.page, '16-results-at-the-center');
}

async function readCast(): Promise<Cast> {
  const engine = await openFaceEngine(MODELS);
  try {
    return castParts(await readClips(join(sharedData, 'camera'), engine));
  } finally {
    await engine.close();
  }
}

/** The bank of our own, so that no foreign item is in a picture. */
function readSeedBank() {
  const file = BankFile.parse(JSON.parse(readFileSync(join(root, 'center/seed/bank.json'), 'utf8')));
  return { bank: bankFromFile(file), pictures: picturesFromFile(file) };
}
type SeedBank = ReturnType<typeof readSeedBank>;

await main();
process.stdout.write(`${readdirSync(out).length} screens\n`);
