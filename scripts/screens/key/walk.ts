import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Kiosk, openKiosk } from '../../../cli/demo/kiosk.ts';
import { demoCandidate, openSite, type Site } from '../../../cli/demo/site.ts';
import { startProgram } from '../../../cli/programs.ts';
import { handOver } from '../../../contract/shell/hand-over.ts';
import { type Bank, Item } from '../../../contract/words/items.ts';
import { StationReady } from '../../../contract/words/programs.ts';
import { makeBank } from '../../../proof/index.ts';
import { seedBank } from '../../seed-bank.ts';
import { drawInMirrors } from '../drawn-camera.ts';
import { drawnFrames } from '../drawn-frames.ts';
import { openNewTerminal } from '../new-terminal.ts';
import { type Pose, photograph } from '../photographer.ts';
import { root } from '../stage.ts';
import { type Scheme, type Variant, variantName } from '../variants.ts';

/**
 * The screens that are compared with how they were: those that need neither a face nor anything from beside the repository,
 * each in the variants in which it could break in its own way.
 */
export type Keep = (name: string, picture: Buffer) => Promise<void>;
type Look = (page: Page, screen: string, variants: readonly string[], pose?: Pose) => Promise<void>;

/** How they were. */
export const KEY_SCREENS = join(root, 'tests/screens');
const work = join(root, 'data/key-screens');

/** `zh 1280x720 light` */
function variantOf(said: string): Variant {
  const [locale, size = '', scheme] = said.split(' ');
  const [width, height] = size.split('x').map(Number);
  return {
    ...{ locale: locale === 'en' ? 'en' : 'zh', scheme: scheme as Scheme },
    size: { width: width ?? 0, height: height ?? 0 },
  };
}

/** What is another one each time, or on each machine: time, devices that still start, what was measured, what is signed. */
const CHANGES =
  '[role="timer"], footer ul, .qr-code, [data-receipt-code], [data-screen="readiness"] :is(h1, p, table), .result-facts';

export async function walkKeyScreens(chromium: string, keep: Keep): Promise<void> {
  const look: Look = async (page, screen, variants, pose = {}) => {
    for (const variant of variants.map(variantOf)) {
      await page.evaluate(() => document.fonts.ready);
      const picture = await atRest(() => photograph(page, variant, { ...pose, mask: page.locator(CHANGES) }));
      await keep(`${screen}-${variantName(variant)}`, picture);
    }
    await photograph(page, variantOf('zh 1280x720 light'), pose);
  };
  rmSync(join(work, 'terminals'), { recursive: true, force: true });
  const person = demoCandidate('赵小燕', 3, null);
  const folder = join(work, 'site');
  await using site = await openSite({
    ...{ folder, bank: alike(), pictures: [], candidates: [person] },
    ...{ quiet: true, models: NO_MODELS },
  });
  await using kiosk = await openStill(chromium);
  await atTheDoor(look, kiosk, site);
  await sitting(look, kiosk, site, person.number);
  await atTheCenter(look, kiosk, site);
  await staff(look, kiosk);
}

/** A sheet that has just come may be missing from two pictures that follow each other at once: what is drawn comes later than what stands. */
const DRAWN_MS = 400;

/** What is still on its way looks another way in the next picture. */
async function atRest(take: () => Promise<Buffer>): Promise<Buffer> {
  let last = await take();
  for (let left = 8; left > 0; left -= 1) {
    await setTimeout(DRAWN_MS);
    const next = await take();
    if (next.equals(last)) return next;
    last = next;
  }
  return last;
}

/** What its networks would see of a drawn head is nothing that should decide how a screen looks. */
const NO_MODELS = join(work, 'no-models');

async function openStill(chromium: string): Promise<Kiosk> {
  mkdirSync(work, { recursive: true });
  const kiosk = await openKiosk(chromium, work, 'drawn', Buffer.concat(await drawnFrames()));
  await drawInMirrors(kiosk.page.context(), { still: true });
  return kiosk;
}

/** Whatever is drawn from it, the paper looks the same. */
function alike(): Bank {
  const { bank } = seedBank();
  const first = bank.items.find(({ kind }) => kind === 'true-false');
  const items = ['it_alike-1', 'it_alike-2', 'it_alike-3'].map((id) => Item.parse({ ...first, id }));
  return makeBank(bank.title, items);
}

async function atTheDoor(look: Look, kiosk: Kiosk, site: Site): Promise<void> {
  const { page } = kiosk;
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await look(page, 'idle', ['zh 1280x720 light', 'en 800x600 light', 'zh 1080x1920 dark']);
  await kiosk.typeNumber('110105194912310021');
  await page.locator('[data-reason="number-checksum"]').waitFor();
  await look(page, 'type', ['zh 1280x720 light', 'en 1280x720 dark']);
  await kiosk.open(site.url());
  await kiosk.tap('readiness');
  await kiosk.screen('readiness');
  await kiosk.tap('readiness-check');
  await page.locator('[data-action="readiness-check"]:enabled').waitFor();
  // Whoever presses a button that is below the top bar has scrolled to it, and so has the focus when it comes back to it.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1) {
      for (const one of [document.scrollingElement, ...document.querySelectorAll('main')]) one?.scrollTo(0, 0);
      await new Promise(requestAnimationFrame);
    }
  });
  await look(page, 'readiness', ['zh 1280x720 light']);
  const second = await kiosk.secondWindow();
  await second.goto(site.url());
  await second.locator('[role="alertdialog"][data-reason]').waitFor();
  await look(second, 'second-window', ['zh 1280x720 light']);
  await second.close();
  await kiosk.open(site.url());
}

/** What was just decided is said for some seconds, over what stands there. */
const whenSaid = (page: Page): Promise<void> =>
  page.locator('[role="status"]:not(:empty):not([data-screen] *)').first().waitFor({ state: 'detached' });

async function sitting(look: Look, kiosk: Kiosk, site: Site, number: string): Promise<void> {
  const { page } = kiosk;
  await kiosk.typeNumber(number);
  await kiosk.screen('consenting');
  await look(page, 'consent', ['zh 1280x720 light', 'en 800x600 dark', 'zh 1280x720 forced']);
  await kiosk.tap('decline');
  await kiosk.screen('refused');
  await look(page, 'refused', ['zh 1280x720 light']);
  await kiosk.tap('proctor');
  await page.locator('input[name="pin"]').waitFor();
  await look(page, 'proctor', ['zh 1280x720 light']);
  await page.keyboard.press('Escape');
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  await whenSaid(page);
  await look(page, 'unlock', ['zh 1280x720 light']);
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('exam');
  await page.locator('input[data-option]').first().check();
  await page.locator('[data-saving="false"]').waitFor();
  await whenSaid(page);
  await look(page, 'exam', ['zh 1280x720 light', 'en 800x600 light', 'zh 1080x1920 dark', 'zh 1280x720 contrast']);
  await kiosk.tap('hand-in');
  await look(page, 'hand-in', ['zh 1280x720 light']);
  await kiosk.tap('confirm-hand-in');
  await page.locator('[data-receipt="verified"]').waitFor();
  await look(page, 'result', ['zh 1280x720 light', 'en 1280x720 dark']);
  await kiosk.tap('done');
  await kiosk.screen('idle');
}

async function atTheCenter(look: Look, kiosk: Kiosk, site: Site): Promise<void> {
  const page = await kiosk.secondWindow();
  const asItIs: Pose = { speak: async () => undefined };
  await page.goto(`${site.centerUrl()}/`);
  await look(page, 'center-token', ['zh 1280x720 light', 'zh 1280x720 dark'], asItIs);
  await page.close();
}

async function staff(look: Look, kiosk: Kiosk): Promise<void> {
  const { page } = kiosk;
  const data = join(work, 'terminals/unknown');
  const { args, ...told } = handOver({ data, centerUrl: 'http://127.0.0.1:9', name: 'demo', models: NO_MODELS });
  const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), args, { quiet: true, ...told });
  try {
    await kiosk.open(station.ready.url);
    await kiosk.screen('not-ready');
    await look(page, 'not-ready', ['zh 1280x720 light', 'en 800x600 light']);
  } finally {
    await station.stop();
  }
  await using terminal = await openNewTerminal(join(work, 'terminals/new'));
  await kiosk.open(terminal.url);
  await page.locator('[data-action="set-up-save"]').waitFor();
  await look(page, 'set-up', ['zh 1280x720 light', 'en 1080x1920 dark']);
}
