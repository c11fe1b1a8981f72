import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import { speechOf } from '../messages/speech.ts';
import { SAMPLE_COURSE, SAMPLE_FORM, SCREENS, sampleView } from '../renderer/gallery/samples.ts';
import { textsOf, troublesOf } from './kit/screen-text.ts';
import { root } from './stage.ts';

/** Every screen in languages that nobody speaks: what is too long for it, what no catalogue has, what does not turn. */
const SIZES = [
  { width: 1280, height: 720 },
  { width: 800, height: 600 },
] as const;
const configFile = join(root, 'renderer/gallery/vite.config.ts');
const outDir = join(root, 'data/languages-test');

let server: PreviewServer;
let address: string;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  await build({ configFile, logLevel: 'error', build: { outDir } });
  server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  address = server.resolvedUrls?.local[0] ?? '';
});
test.afterAll(() => server?.close());

async function show(page: Page, screen: string, locale?: string): Promise<void> {
  await page.goto(`${address}?screen=${screen}${locale ? `&locale=${locale}` : ''}`);
  await page.locator('main[data-screen]:not([hidden], [data-screen="loading"])').first().waitFor({ timeout: 15_000 });
  await page.evaluate(() => document.fonts.ready);
}

/** What a screen shows that is no word of the interface: names, titles, items, as the station says them. */
const DATA: readonly string[] = [
  // A language is called what it calls itself.
  ...new Set(
    [speechOf('en').t('app.language'), SAMPLE_FORM, SAMPLE_COURSE, ...SCREENS.map(sampleView)].flatMap(stringsIn),
  ),
]
  .filter((text) => /\p{L}/u.test(text))
  .toSorted((a, b) => b.length - a.length);

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** The end of a receipt, as people read it to each other, and when it was: as the machine writes dates. */
const CODE_OR_DATE = /^[A-Z0-9]{4}-[A-Z0-9]{4}$|\d+年\d+月\d+日 UTC [\d:]+/g;
const withoutData = (text: string): string =>
  DATA.reduce((left, one) => left.replaceAll(one, ' '), text.replaceAll(CODE_OR_DATE, ' '));

/** What is behind a button of a screen. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  idle: ['type', 'readiness'],
  exam: ['hand-in', 'proctor'],
  refused: ['proctor'],
  'awaiting-unlock': ['code', 'proctor'],
};

/** What is wrong with the words of what is shown, and with the room they have. */
async function troublesAt(page: Page, place: string): Promise<readonly string[]> {
  const words = await textsOf(page);
  expect(
    words.some((text) => text.includes('⟦')),
    place,
  ).toBe(true);
  const loose = words.filter((text) => /[A-Za-z]{2,}|\p{Script=Han}/u.test(withoutData(text)));
  const found = loose.map((text) => `${place}: ${text}`);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    found.push(...(await troublesOf(page)).map((what) => `${place} ${size.width}: ${what}`));
  }
  await page.setViewportSize(SIZES[0]);
  return found;
}

for (const locale of ['pseudo', 'rtl']) {
  test(`every word comes from the catalogue, and none is cut off (${locale})`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(SIZES[0]);
    const found: string[] = [];
    for (const screen of SCREENS) {
      await show(page, screen, locale);
      found.push(...(await troublesAt(page, screen)));
      for (const action of BEHIND[screen] ?? []) {
        await show(page, screen, locale);
        await page.locator(`[data-action="${action}"]`).first().click();
        found.push(...(await troublesAt(page, `${screen} ${action}`)));
      }
    }
    expect(found).toEqual([]);
  });
}

test('what is read from right to left is laid out from right to left', async ({ page }) => {
  const lie = async (locale?: string) => {
    await show(page, 'exam', locale);
    return page.evaluate(() => {
      const leftOf = (selector: string): number =>
        document.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
      const arrow = document.querySelector('.icon.turns');
      return {
        way: document.documentElement.dir,
        brandFirst: leftOf('.brand') < leftOf('.bar-end'),
        paperFirst: leftOf('.paper') < leftOf('.side'),
        previousFirst: leftOf('[data-action="previous"]') < leftOf('[data-action="next"]'),
        arrow: arrow ? getComputedStyle(arrow).transform : '',
      };
    });
  };
  expect(await lie()).toEqual({ way: 'ltr', brandFirst: true, paperFirst: true, previousFirst: true, arrow: 'none' });
  expect(await lie('rtl')).toEqual({
    ...{ way: 'rtl', brandFirst: false, paperFirst: false, previousFirst: false },
    arrow: 'matrix(-1, 0, 0, 1, 0, 0)',
  });
});

test('questions have a language of their own, which begins as that of the screen', async ({ page }) => {
  await show(page, 'exam');
  const [zh, en] = [SAMPLE_FORM.items[0]?.stem.zh ?? '', SAMPLE_FORM.items[0]?.stem.en ?? ''];
  const stem = page.locator('.stem');
  await expect(stem).toHaveText(zh);
  await page.locator('[data-action="content-language"]').click();
  await expect(stem).toHaveText(en);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh');
  await expect(page.getByText(speechOf('zh').t('exam.content.zh'))).toBeVisible();
  await page.reload();
  await expect(stem).toHaveText(en);
  await page.locator('[data-action="content-language"]').click();
  await expect(stem).toHaveText(zh);
  await page.locator('[data-action="language"]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(stem).toHaveText(zh);
});
