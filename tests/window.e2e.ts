import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { browserSwitches, prepareProfile } from '../cli/browser-window.ts';
import { findChromium } from '../cli/chromium.ts';
import { type Display, openDisplay } from '../cli/lab/display.ts';

/** What the browser of `npm start` says of its own, seen on the display itself: nothing, also after it was killed. */
const COLOUR = [18, 160, 126] as const;
/** In a language that a browser would translate, with a password to keep; in one colour, so that whatever else is there is seen. */
const PAGE = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>·</title>
<body style="margin:0;background:rgb(${COLOUR});color:rgb(${COLOUR})">
<p>Bonjour tout le monde, ceci est une page en français avec assez de texte pour que le navigateur propose de la traduire.</p>`;

/** Of all pixels that are not the bare display, which are of the page, and which are something else. */
async function seenOn(display: Display): Promise<{ readonly page: number; readonly other: number }> {
  const { stdout } = spawnSync('import', ['-display', display.name, '-window', 'root', 'png:-'], {
    maxBuffer: 1 << 26,
  });
  const { data, info } = await sharp(stdout).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let [page, other] = [0, 0];
  for (let at = 0; at < data.length; at += info.channels) {
    const far = (colour: readonly number[]) => colour.some((part, n) => Math.abs((data[at + n] ?? 0) - part) > 3);
    if (!far(COLOUR)) page += 1;
    else if (far([0, 0, 0])) other += 1;
  }
  return { page, other };
}

const isCovered = ({ page }: { readonly page: number }): boolean => page > 500_000;

test('the browser has nothing to say of its own: not at the first start, and not after it was killed', async () => {
  test.setTimeout(120_000);
  const chromium = await findChromium();
  const none = spawnSync('import', ['-version']).status !== 0;
  test.skip(!chromium || none, 'skipped: no Chromium, or no ImageMagick to look at a display with');
  const skip = (error: Error) => test.skip(true, `skipped: ${error.message}`) as never;
  await using ours = (await openDisplay().catch(skip)) as Display;
  await using theirs = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  const address = pathToFileURL(join(folder, 'page.html')).href;
  writeFileSync(join(folder, 'page.html'), PAGE);
  const [profile, usual] = [join(folder, 'ours'), join(folder, 'usual')];
  const running: ChildProcess[] = [];
  const open = ({ name }: Display, switches: readonly string[]): void => {
    const args = [...switches, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--app=${address}`];
    running.push(spawn(chromium as string, args, { stdio: 'ignore', env: { ...process.env, DISPLAY: name } }));
  };
  const killAll = async (): Promise<void> => {
    for (const one of running.splice(0)) {
      one.kill('SIGKILL');
      if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
    }
  };
  try {
    for (const _ of ['the first start', 'after a kill']) {
      prepareProfile(profile);
      open(ours, browserSwitches(profile));
      open(theirs, ['--no-first-run', `--user-data-dir=${usual}`]);
      // A browser as it usually is says something by now; so it was time enough.
      await expect.poll(async () => (await seenOn(theirs)).other, { timeout: 40_000 }).toBeGreaterThan(10_000);
      await expect.poll(async () => isCovered(await seenOn(ours)), { timeout: 20_000 }).toBe(true);
      expect((await seenOn(ours)).other).toBe(0);
      await killAll();
    }
  } finally {
    await killAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
});
