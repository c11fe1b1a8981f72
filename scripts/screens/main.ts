import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../../cli/chromium.ts';
import { demoCandidate, type Site } from '../../cli/demo/site.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { ensureChromium } from '../ensure-chromium.ts';
import { seedBank } from '../seed-bank.ts';
import { ACTS } from './acts/index.ts';
import { contactSheet } from './contact-sheet.ts';
import { kept } from './key/compare.ts';
import { KEY_SCREENS, walkKeyScreens } from './key/walk.ts';
import { readWish, type ScreensWish } from './options.ts';
import { openPhotographer, type Photographer } from './photographer.ts';
import { type ActName, SCREENS } from './screens.ts';
import { noCast, readCast, root, type Stage, siteOf } from './stage.ts';

/**
 * `npm run -s screens`: plays real sittings and photographs every screen in every language, size and scheme, into
 * `data/screens/index.html`. `--quick` is one picture a screen, `--only 08,consent` some screens, `--publish` renews what
 * the docs show, `--baseline` what `tests/screens.e2e.ts` compares with.
 */
const out = join(root, 'data/screens');
const docs = join(root, 'docs/screens');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(wish: ScreensWish): Promise<void> {
  const chromium = (await findChromium()) ?? (await ensureChromium(say));
  if (!chromium) throw new Refusal('internal', 'no Chromium');
  if (wish.baseline) return renewBaseline(chromium);
  rmSync(out, { recursive: true, force: true });
  for (const folder of [out, docs]) mkdirSync(folder, { recursive: true });
  const started = new Date();
  const photographer = openPhotographer({ ...wish, out, docs: wish.publish ? docs : undefined, say });
  const missing = await playAll(wish, chromium, photographer);
  const of = `${started.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const sheet = join(out, 'index.html');
  writeFileSync(sheet, contactSheet(photographer.pictures, { of, missing }));
  for (const line of missing) say(`NOT SHOWN: ${line}`);
  const seconds = Math.round((Date.now() - started.getTime()) / 1000);
  say(`${photographer.pictures.length} pictures in ${seconds} s: ${pathToFileURL(sheet).href}`);
}

async function renewBaseline(chromium: string): Promise<void> {
  rmSync(KEY_SCREENS, { recursive: true, force: true });
  mkdirSync(KEY_SCREENS, { recursive: true });
  await walkKeyScreens(chromium, async (name, picture) => {
    const small = await kept(picture);
    writeFileSync(join(KEY_SCREENS, `${name}.png`), small);
    say(`${name} ${Math.ceil(small.length / 1024)} KB`);
  });
}

/** @returns what could not be played here, and why */
async function playAll(
  { screens }: ScreensWish,
  chromium: string,
  { shoot }: Photographer,
): Promise<readonly string[]> {
  const why = noCast();
  const acts = [...new Set<ActName>(screens.map((name) => SCREENS[name].act))];
  const playable = acts.filter((act) => !why || !ACTS[act].faces);
  const cast = playable.some((act) => ACTS[act].faces) ? await readCast() : undefined;
  const photo = cast?.enrolment.best ?? null;
  const person = (name: string, serial: number) => demoCandidate(name, serial, photo);
  const people: Stage['people'] = [person('李文静', 1), person('陈建国', 2), person('赵小燕', 3), person('周志强', 4)];
  const parts = { chromium, work: join(root, 'data/screens-work'), cast, people, seed: seedBank(), shoot };
  mkdirSync(parts.work, { recursive: true });
  let opened: Promise<Site> | undefined;
  await using running = new AsyncDisposableStack();
  running.defer(async () => (await opened)?.[Symbol.asyncDispose]());
  const stage: Stage = { ...parts, site: () => (opened ??= siteOf(parts, 'site')) };
  for (const act of playable) await ACTS[act].play(stage);
  const left = screens.filter((name) => !playable.includes(SCREENS[name].act));
  return left.map((name) => `${name}: ${why}`);
}

await main(readWish(process.argv.slice(2)));
