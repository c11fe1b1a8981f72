import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { chromium as launcher } from 'playwright-core';
import { findChromium } from '../cli/chromium.ts';
import { difference, kept, MOST_POINTS } from '../scripts/screens/key/compare.ts';
import { KEY_SCREENS, walkKeyScreens } from '../scripts/screens/key/walk.ts';
import { openNewTerminal } from '../scripts/screens/new-terminal.ts';
import { root } from './stage.ts';

/** Screens as they were when somebody last looked at them: `npm run -s screens -- --baseline` renews them. */
const now = join(root, 'data/screens-now');

async function chromiumHere(): Promise<string> {
  const found = await findChromium();
  if (!found) throw new Error('no Chromium; `npm test` brings one');
  return found;
}

test('no screen looks otherwise than it did', async () => {
  test.setTimeout(300_000);
  rmSync(now, { recursive: true, force: true });
  mkdirSync(now, { recursive: true });
  const before = readdirSync(KEY_SCREENS).map((file) => file.replace('.png', ''));
  const seen: string[] = [];
  const changed: string[] = [];
  await walkKeyScreens(await chromiumHere(), async (name, picture) => {
    seen.push(name);
    if (!before.includes(name)) return;
    const found = await difference(readFileSync(join(KEY_SCREENS, `${name}.png`)), picture);
    if (found && found.points <= MOST_POINTS) return;
    writeFileSync(join(now, `${name}.png`), picture);
    changed.push(`${name}: ${found ? `${found.points} points around ${where(found.at)}` : 'another shape'}`);
  });
  expect(seen.toSorted()).toEqual(before.toSorted());
  expect(changed, `what they look like now is in ${now}`).toEqual([]);
});

const where = ({ x, y }: { readonly x: number; readonly y: number }): string =>
  `${Math.round(x * 100)} %, ${Math.round(y * 100)} %`;

test('another way to smooth letters is no change; a button that moves or has another colour is', async () => {
  const executablePath = await chromiumHere();
  const folder = join(root, 'data/screens-new-terminal');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await using terminal = await openNewTerminal(folder);
  const plain = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const open = async (args: readonly string[]) => {
    const browser = await launcher.launch({ executablePath, args: [...plain, ...args] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(terminal.url);
    await page.locator('[data-action="set-up-save"]').waitFor();
    await page.evaluate(() => document.fonts.ready);
    return { page, close: () => browser.close() };
  };
  // Devices are still found meanwhile: that is another thing than letters.
  const shot = (page: Page) => page.screenshot({ animations: 'disabled', mask: [page.locator('footer ul')] });
  const other = await open(['--font-render-hinting=none', '--disable-font-subpixel-positioning']);
  const otherWay = await shot(other.page);
  await other.close();
  const { page, close } = await open([]);
  const button = page.locator('[data-action="language"]');
  const baseline = await kept(await shot(page));
  expect((await difference(baseline, otherWay))?.points).toBeLessThanOrEqual(MOST_POINTS);
  await button.evaluate((element) => {
    element.style.translate = '-6px 0';
  });
  expect((await difference(baseline, await shot(page)))?.points).toBeGreaterThan(MOST_POINTS);
  await button.evaluate((element) => {
    element.style.translate = '';
    element.style.color = '#c04000';
  });
  expect((await difference(baseline, await shot(page)))?.points).toBeGreaterThan(MOST_POINTS);
  await close();
});
