import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { keysOf } from '../cli/demo/keys.ts';
import { demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { drawnStory, kioskWith, root, seedBank } from './stage.ts';

/** Every screen of a sitting by WCAG 2.2 AA, as far as a program can tell, and nothing that is wider than the screen. */
const folder = join(root, 'data/accessibility-test');
const { bank, pictures } = seedBank();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
  { width: 800, height: 600 },
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What is touched first is at least 48 px in both directions: more than WCAG 2.5.5 asks for. */
const SMALLEST_TARGET = 48;

const OF_A_PAGE = ['landmark-one-main', 'page-has-heading-one'];

type Found = { readonly screen: string; readonly what: string };

/** @returns what axe calls a violation, targets that are too small, and sizes at which the page scrolls sideways */
async function troubles(page: Page, screen: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const at = `${screen} ${size.width}x${size.height}`;
    await page.evaluate(axe);
    const behind = (await page.locator('[role="dialog"]').count()) > 0;
    // Behind a dialog the page is out of reach: it has no landmark and no heading that anybody could come to.
    const rules = Object.fromEntries(OF_A_PAGE.map((rule) => [rule, { enabled: !behind }]));
    const violations = await page.evaluate(
      async ({ tags, rules: chosen }) => {
        type Axe = {
          run(on: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
        const { run } = (globalThis as unknown as { axe: Axe }).axe;
        const { violations: all } = await run(document, { runOnly: { type: 'tag', values: tags }, rules: chosen });
        return all.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      },
      { tags: RULES, rules },
    );
    const small = await page.evaluate((least) => {
      const targets = [...document.querySelectorAll('button, select, label.option, label.tile')].filter((one) =>
        one.checkVisibility(),
      );
      const sizes = targets.map((one) => ({ name: one.textContent?.slice(0, 20), box: one.getBoundingClientRect() }));
      const low = sizes.filter(({ box }) => box.height > 0 && (box.height < least - 0.5 || box.width < least - 0.5));
      return low.map(({ name, box }) => `target ${name} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }, SMALLEST_TARGET);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const sideways = wide > 1 ? [`${wide} px wider than the screen`] : [];
    found.push(...[...violations, ...small, ...sideways].map((what) => ({ screen: at, what })));
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  return found;
}

let site: Site;
const person = demoCandidate('赵小燕', 3, null);

test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await openSite({ folder, bank, pictures, candidates: [person], quiet: true });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

test('every screen of a sitting can be used by everybody, at every size', async () => {
  test.setTimeout(240_000);
  await using kiosk = await kioskWith(folder, 'everybody', await drawnStory());
  const { page } = kiosk;
  const found: Found[] = [];
  const look = async (screen: string): Promise<void> => void found.push(...(await troubles(page, screen)));
  await kiosk.open(site.url());
  await kiosk.screen('idle');
  await look('idle');
  await kiosk.tap('readiness');
  await kiosk.screen('readiness');
  await look('readiness');
  await kiosk.open(site.url());
  await kiosk.tap('type');
  await kiosk.screen('type');
  await look('type');
  await page.locator('input[name="number"]').fill(person.number);
  await page.locator('button[type="submit"]').click();
  await kiosk.screen('consenting');
  await look('consenting');
  await kiosk.tap('decline');
  await kiosk.screen('refused');
  await look('refused');
  await kiosk.tap('proctor');
  await look('proctor');
  await page.keyboard.press('Escape');
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  await look('awaiting-unlock');
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('exam');
  await kiosk.answer(keysOf(bank), 0, 2);
  await look('exam');
  await kiosk.tap('language');
  await look('exam in English');
  await kiosk.tap('language');
  await kiosk.tap('larger-text');
  await kiosk.tap('larger-text');
  await look('exam in large print');
  // Twice the size is what WCAG asks for; the clock is in sight even then.
  await page.evaluate(() => document.documentElement.style.setProperty('--text', '2'));
  await look('exam in print of twice the size');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect(page.locator('.countdown strong')).toBeInViewport({ ratio: 1 });
  }
  await kiosk.tap('smaller-text');
  await kiosk.tap('smaller-text');
  // A letter chooses, the arrows turn the page, and the dialog leads to what was left out.
  await page.keyboard.press('b');
  await expect(page.locator('.option input').nth(1)).toBeChecked();
  const head = page.locator('.item-head');
  const before = await head.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(head).not.toHaveText(before ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(head).toHaveText(before ?? '');
  await kiosk.tap('hand-in');
  await look('hand-in');
  await kiosk.tap('first-blank');
  await expect(page.locator('.navigator [aria-current="true"]')).toHaveClass(/blank/);
  await kiosk.tap('hand-in');
  await kiosk.tap('confirm-hand-in');
  await kiosk.screen('result');
  await look('result');
  expect(found).toEqual([]);
});
