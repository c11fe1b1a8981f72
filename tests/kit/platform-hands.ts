import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { barriers } from './barriers.ts';

/** Somebody before a page of the platform, in Chinese, at a desk. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];
export const AT_A_DESK = { locale: 'zh-CN', viewport: { width: 1280, height: 800 } } as const;
export const PASSWORD = '春风又绿江南岸，明月何时';

export const screen = (page: Page, name: string) => page.locator(`[data-screen="${name}"]`).waitFor();
export const act = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).last().click();
export const fill = (page: Page, name: string, value: string) => page.locator(`[name="${name}"]`).last().fill(value);
export async function fillAll(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await fill(page, name, value);
}
/** A secret that is shown once. */
export const told = (page: Page) => page.locator('[name="told"]').inputValue();

/** What each looked like, at a desk: to be looked at. */
const LOOKS = join(import.meta.dirname, '../../data/platform-screens');

/** Nothing that axe objects to, at a desk and on a phone, and nothing wider than the screen. */
export async function isForEverybody(page: Page, name: string): Promise<void> {
  // What lies behind the bar above is no target until it is scrolled to.
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(LOOKS, `${name}.png`), fullPage: true });
  expect(await barriers(page, name, { sizes: SIZES, target: 44, leaves: AT_A_DESK.viewport })).toEqual([]);
}
