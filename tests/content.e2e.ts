import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import { pageHeaders } from '../contract/page/page-headers.ts';
import { type Barrier, barriers } from './kit/barriers.ts';
import { root } from './stage.ts';

/** Formulas and tables in items, as the gallery has them, under the policy that a station's page is under. */
const configFile = join(root, 'renderer/gallery/vite.config.ts');
const outDir = join(root, 'data/content-test');

let server: PreviewServer;
let address: string;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  await build({ configFile, logLevel: 'error', build: { outDir } });
  server = await preview({
    configFile,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: pageHeaders("'none'") },
  });
  address = server.resolvedUrls?.local[0] ?? '';
});
test.afterAll(() => server?.close());

async function show(page: Page, item: number): Promise<void> {
  await page
    .locator('.navigator button')
    .nth(item - 1)
    .click();
  await expect(page.locator('.navigator [aria-current="true"]')).toHaveText(String(item));
}

/** What things of a role are called by the browser itself, for whoever hears them. */
async function namesOf(page: Page, role: string): Promise<readonly string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  return nodes.flatMap((node) => (!node.ignored && node.role?.value === role ? [String(node.name?.value)] : []));
}

const open = (page: Page) => page.goto(`${address}?screen=exam`);

test('a formula is MathML, and what draws it comes with the first one', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const refused: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && refused.push(message.text())));
  await open(page);
  await page.locator('.stem').waitFor();
  expect(asked.filter((url) => /formula/.test(url))).toEqual([]);
  await show(page, 25);
  const math = page.locator('.stem math');
  await expect(math).toHaveCount(4);
  expect(asked.filter((url) => /formula.*\.js/.test(url))).toHaveLength(1);
  const first = math.first();
  expect(await first.evaluate(({ namespaceURI }) => namespaceURI)).toBe('http://www.w3.org/1998/Math/MathML');
  await expect(first).toHaveAttribute('alttext', 'R 等于 rho S 分之 l');
  await expect(first.locator('mfrac')).toHaveCount(1);
  await expect(page.locator('.option math')).toHaveCount(3);
  expect(await namesOf(page, 'radio')).toEqual(['变为 根号 2 P', '变为 2 P', '变为 2 分之 P']);
  // It is drawn: a fraction is higher than a letter.
  const heights = await math.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(heights[0]).toBeGreaterThan((heights[1] as number) * 1.3);
  expect(refused).toEqual([]);
});

test('a table is one, with heads of its columns', async ({ page }) => {
  await open(page);
  await show(page, 26);
  const table = page.locator('.stem table');
  await expect(table.locator('th[scope="col"]')).toHaveText(['气体', '测量值', '允许值']);
  await expect(table.locator('tbody tr')).toHaveCount(3);
  await expect(table.locator('td math')).toHaveCount(1);
  // It is read after the name of the question, not as a part of it.
  await expect(page.getByRole('group').first()).toHaveAccessibleName(/测量值见下表/);
  await expect(page.getByRole('group').first()).not.toHaveAccessibleName(/硫化氢/);
});

test('what nobody can draw is shown as it was written', async ({ page }) => {
  await open(page);
  await show(page, 27);
  const written = page.getByRole('img', { name: '公式（显示为源码）：\\frac{1}{2' });
  await expect(written).toHaveText('\\frac{1}{2');
  await expect(page.locator('.stem')).toContainText('照原样显示，$5 是钱。');
  await expect(page.locator('.stem math')).toHaveCount(0);
});

test('everybody can read them, at every size, in the dark, by contrast, and in print of twice the size', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await open(page);
  const found: Barrier[] = [];
  const see = async (media: Parameters<Page['emulateMedia']>[0]) => {
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    // Colours that are still on their way are none. They set out with the next frame, and some when others have arrived.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  };
  for (const item of [25, 26, 27]) {
    await show(page, item);
    found.push(...(await barriers(page, `item ${item}`)));
    await see({ colorScheme: 'dark', contrast: 'more' });
    found.push(...(await barriers(page, `item ${item}, dark`, { sizes: [{ width: 1280, height: 720 }] })));
    await see({ colorScheme: 'light', contrast: 'no-preference' });
    await page.evaluate(() => document.documentElement.style.setProperty('--text', '2'));
    // What is half below the edge of the paper counts as too small to touch.
    await page.setViewportSize({ width: 800, height: 600 });
    await page.locator('.option').last().scrollIntoViewIfNeeded();
    // That a table has become too wide is seen a moment later.
    for (const table of await page.locator('.table-of-item').all())
      await expect(table).toHaveAttribute('tabindex', '0');
    found.push(...(await barriers(page, `item ${item}, twice the size`, { sizes: [{ width: 800, height: 600 }] })));
    await page.evaluate(() => document.documentElement.style.removeProperty('--text'));
  }
  expect(found).toEqual([]);
});

test('a table wider than its place is reached and moved by keys, and the page is not turned for it', async ({
  page,
}) => {
  await open(page);
  await show(page, 26);
  await page.setViewportSize({ width: 800, height: 600 });
  await page.evaluate(() => document.documentElement.style.setProperty('--text', '2'));
  const wide = page.getByRole('group', { name: '表格' });
  await expect(wide).toHaveAttribute('tabindex', '0');
  await wide.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => wide.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  await expect(page.locator('.stem table')).toHaveCount(1);
});
