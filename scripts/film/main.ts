import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../cli/chromium.ts';
import { demoCandidate } from '../../cli/demo/site.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { ensureChromium } from '../ensure-chromium.ts';
import { kioskOf, noCast, readCast, root, siteOf, wholeClip } from '../screens/stage.ts';
import { seedBank } from '../seed-bank.ts';
import { filmPage } from './camera.ts';
import { develop } from './develop.ts';
import { playJourney } from './journey.ts';

/** `npm run -s film`: the whole way through an exam, filmed from the real page, with a line about each step. */
const work = join(root, 'data/film-work');
/** What is larger does not belong into the repository. */
const MOST_BYTES = 4_000_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const started = performance.now();
  const why = noCast();
  if (why) {
    say(`NOT SHOWN: ${why}`);
    process.exitCode = 1;
    return;
  }
  const chromium = (await findChromium()) ?? (await ensureChromium(say));
  if (!chromium) throw new Refusal('internal', 'no Chromium');
  rmSync(work, { recursive: true, force: true });
  const pictures = join(work, 'pictures');
  mkdirSync(pictures, { recursive: true });
  const taken = await film(chromium, pictures);
  say(`${Math.round(taken.endMs / 1000)} s filmed, ${taken.pictures.length} pictures`);
  const file = await develop(chromium, pictures, taken);
  const folder = join(root, file.length <= MOST_BYTES ? 'docs/film' : 'data/film');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'journey.webm'), file);
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`${join(folder, 'journey.webm')}: ${(file.length / 1e6).toFixed(1)} MB, made in ${seconds} s`);
}

async function film(chromium: string, pictures: string) {
  const cast = await readCast();
  const who = demoCandidate('李文静', 1, cast.enrolment.best ?? null);
  const seed = seedBank();
  await using site = await siteOf({ work, seed, people: [who] }, 'site');
  await using kiosk = await kioskOf({ chromium, work }, 'film', wholeClip(cast.candidate));
  await kiosk.page.setViewportSize({ width: 1280, height: 720 });
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  const camera = await filmPage(kiosk.page, pictures);
  await playJourney({ kiosk, site, who, bank: seed.bank, film: camera });
  return camera.end();
}

await main();
