import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

type Size = { readonly width: number; readonly height: number };

export const SIZES = [
  { width: 800, height: 600 },
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const satisfies readonly Size[];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What is touched first is at least 48 px in both directions: more than WCAG 2.5.5 asks for. */
const SMALLEST_TARGET = 48;

const OF_A_PAGE = ['landmark-one-main', 'page-has-heading-one'];

/** What keeps somebody from using a screen. */
export type Barrier = { readonly screen: string; readonly what: string };

export type Look = {
  readonly sizes?: readonly Size[];
  /** CSS pixels that what is touched has at least in both directions. */
  readonly target?: number;
  /** The size that is left behind; that of a usual screen without it. */
  readonly leaves?: Size;
};

/** Colours that are still on their way to what they will be are nobody's barrier. What goes on for ever is as it is. */
const atRest = (): Promise<unknown> =>
  Promise.all(
    document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
      .map(({ finished }) => finished.catch(() => undefined)),
  );

/** @returns what axe calls a violation, targets that are too small, and sizes at which the page scrolls sideways */
export async function barriers(page: Page, screen: string, look: Look = {}): Promise<readonly Barrier[]> {
  const { sizes = SIZES, target = SMALLEST_TARGET, leaves = { width: 1280, height: 720 } } = look;
  const found: Barrier[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    const at = `${screen} ${size.width}x${size.height}`;
    await page.evaluate(atRest);
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
      const targets = [...document.querySelectorAll('button, select, label.option, label.tile, a.button')].filter(
        (one) => one.checkVisibility(),
      );
      const boxes = targets.map((one) => ({ name: one.textContent?.slice(0, 20), box: one.getBoundingClientRect() }));
      const low = boxes.filter(({ box }) => box.height > 0 && (box.height < least - 0.5 || box.width < least - 0.5));
      return low.map(({ name, box }) => `target ${name} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }, target);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const sideways = wide > 1 ? [`${wide} px wider than the screen`] : [];
    found.push(...[...violations, ...small, ...sideways].map((what) => ({ screen: at, what })));
  }
  await page.setViewportSize(leaves);
  return found;
}
