import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { keysOf } from '../cli/demo/keys.ts';
import { demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { openOperator } from '../cli/operator.ts';
import { ExamId } from '../contract/words/ids.ts';
import { type Barrier, barriers, SIZES } from './kit/barriers.ts';
import { drawnStory, kioskWith, root, seedBank } from './stage.ts';

/** Every screen of a sitting by WCAG 2.2 AA, as far as a program can tell, and nothing that is wider than the screen. */
const folder = join(root, 'data/accessibility-test');
const { bank, pictures } = seedBank();
let site: Site;
const person = demoCandidate('赵小燕', 3, null);
const learner = demoCandidate('周志强', 4, null);
/** The course that a center has from its first start. */
const COURSE = ExamId.parse('ex_learn-first-day');

test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await openSite({ folder, bank, pictures, candidates: [person, learner], quiet: true });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

test('every screen of a sitting can be used by everybody, at every size', async () => {
  test.setTimeout(240_000);
  await using kiosk = await kioskWith(folder, 'everybody', await drawnStory());
  const { page } = kiosk;
  const found: Barrier[] = [];
  const look = async (screen: string): Promise<void> => void found.push(...(await barriers(page, screen)));
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
  await kiosk.tap('type-other');
  await kiosk.screen('type-document');
  await look('type-document');
  await kiosk.tap('document-passport');
  await kiosk.screen('type');
  await look('type, another document');
  await kiosk.tap('type-other');
  await kiosk.tap('document-resident');
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
  await kiosk.openDesk(site.proctorPin);
  await look('proctor’s sheet');
  // It has closed by itself, or does now: looking takes its time.
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-desk]')).toHaveCount(0);
  await kiosk.openDesk(site.proctorPin);
  await kiosk.choose('override');
  await kiosk.tap('note-other');
  await look('proctor’s sheet, one deed');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-desk]')).toHaveCount(0);
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
  await kiosk.tap('done');
  await kiosk.screen('idle');
  expect(found).toEqual([]);
});

/** Where words of another language break first. */
const NARROW = SIZES.filter(({ width }) => width < 1_300);

/** Goes on from key to key until it is there, as somebody does who has no hand for a screen; then presses. */
async function byKeyboard(page: Page, what: string, key = 'Enter'): Promise<void> {
  const reached = () => page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, what);
  for (let presses = 0; !(await reached()); presses++) {
    expect(presses, `${what} is not reached by Tab`).toBeLessThan(60);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press(key);
}

test('whoever studies can do so with a keyboard alone, in both languages, in print of twice the size', async () => {
  test.setTimeout(480_000);
  await openOperator(site.centerUrl(), site.operatorToken).giveCourse({ examId: COURSE, whom: { by: 'all' } });
  await using kiosk = await kioskWith(folder, 'studies', await drawnStory());
  const { page } = kiosk;
  const found: Barrier[] = [];
  const text = (times: number) =>
    page.evaluate((size) => document.documentElement.style.setProperty('--text', `${size}`), times);
  const look = async (screen: string): Promise<void> => {
    found.push(...(await barriers(page, screen)));
    await kiosk.tap('language');
    found.push(...(await barriers(page, `${screen} in English`, { sizes: NARROW })));
    await text(2);
    found.push(...(await barriers(page, `${screen} in English, twice the size`, { sizes: NARROW })));
    await kiosk.tap('language');
    found.push(...(await barriers(page, `${screen}, twice the size`, { sizes: NARROW })));
    await text(1);
  };
  await kiosk.open(site.url());
  // The station hears of the course at its next turn.
  const asked = page.locator('[data-screen="choosing"], [data-screen="consenting"]');
  await expect(async () => {
    await kiosk.typeNumber(learner.number);
    await asked.waitFor();
    if (await page.locator('[data-screen="consenting"]').isVisible()) await kiosk.tap('leave');
    await page.locator('[data-screen="choosing"]').waitFor({ timeout: 2_000 });
  }).toPass({ timeout: 150_000 });
  await look('choosing');
  await byKeyboard(page, `[data-exam="${COURSE}"]`);
  await page.locator('[data-screen="consenting"]').waitFor();
  await byKeyboard(page, '[data-action="decline"]');
  await page.locator('[data-screen="refused"]').waitFor();
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('learning');
  const shown = {
    film: '.film video',
    page: 'article',
    document: '.document canvas',
    questions: '.lesson-questions input',
  };
  for (const [at, [lesson, what]] of Object.entries(shown).entries()) {
    await byKeyboard(page, `li:nth-child(${at + 1}) > [data-lesson]`);
    await page.locator(what).first().waitFor();
    await look(lesson);
  }
  await byKeyboard(page, '.lesson-questions input[data-option]', 'Space');
  await byKeyboard(page, '[data-action="check"]:enabled');
  await page.locator('.feedback').first().waitFor();
  await look('questions, told');
  await byKeyboard(page, '[data-action="end-learning"]');
  await page.locator('[role="dialog"]').waitFor();
  found.push(...(await barriers(page, 'enough for today')));
  await byKeyboard(page, '[data-action="confirm-end"]');
  await kiosk.screen('result', 60_000);
  await look('what was studied');
  expect(found).toEqual([]);
});

test('the pages of the center can be read by everybody, at a desk and on a phone', async ({ browser }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext();
  const page = await context.newPage();
  const found: Barrier[] = [];
  const see = async (path: string): Promise<void> => {
    for (const lang of ['zh', 'en']) {
      const url = new URL(path, site.centerUrl());
      url.searchParams.set('lang', lang);
      await page.goto(url.href);
      await expect(page.locator('html')).toHaveAttribute('lang', lang === 'en' ? 'en' : 'zh-CN');
      const sizes = [...SIZES, { width: 390, height: 844 }];
      found.push(...(await barriers(page, `${path} ${lang}`, { sizes, target: 44 })));
    }
  };
  await see('/');
  await see('/nowhere');
  await see('/R/EXS1:NONE');
  await page.goto(site.resultsUrl);
  // How many of those who are to study take part.
  await expect(page.locator('.courses')).toBeVisible();
  for (const path of ['/', '/?show=learning', '/?show=exams', '/stations']) await see(path);
  await context.close();
  expect(found).toEqual([]);
});
