import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Locale } from '../../contract/words/localized.ts';
import type { Picture } from './contact-sheet.ts';
import { PUBLISHED, SCREENS, type ScreenName } from './screens.ts';
import { DOCS_SIZE, mediaOf, type Variant, variantName } from './variants.ts';

/** How one moment is looked at in all its variants. */
export type Pose = {
  /** Brings the moment back where it went by meanwhile. */
  readonly again?: () => Promise<void>;
  /** All of the page, not only what fits on the screen. */
  readonly whole?: boolean;
  /** Shows the page in another language; by its own button, unless it has none. */
  readonly speak?: (locale: Locale) => Promise<void>;
  /** What is covered. */
  readonly mask?: Locator;
};

export type Shoot = (page: Page, screen: ScreenName, pose?: Pose) => Promise<void>;

export type Photographer = {
  readonly shoot: Shoot;
  /** What was taken so far. */
  readonly pictures: readonly Picture[];
};

export type PhotographerPlan = {
  readonly screens: readonly ScreenName[];
  readonly variants: readonly Variant[];
  readonly out: string;
  /** Where the docs' pictures go, where they are renewed. */
  readonly docs: string | undefined;
  readonly say: (line: string) => void;
};

/** So often a moment may go by while it is looked at. */
const MOST_TRIES = 4;
const DOCS = (locale: Locale): Variant => ({ locale, size: DOCS_SIZE, scheme: 'light' });

export function openPhotographer({ screens, variants, out, docs, say }: PhotographerPlan): Photographer {
  const pictures: Picture[] = [];
  const take = async (page: Page, screen: ScreenName, pose: Pose): Promise<void> => {
    mkdirSync(join(out, screen), { recursive: true });
    for (const variant of await speakable(page, variants, pose)) {
      const file = `${screen}/${variantName(variant)}.png`;
      await photograph(page, variant, pose, join(out, file));
      pictures.push({ screen, title: SCREENS[screen].title, file, ...variant });
    }
    if (!docs) return;
    for (const { file, locale } of PUBLISHED.filter((one) => one.screen === screen)) {
      const picture = await photograph(page, DOCS(locale), { ...pose, whole: false });
      await small(picture).toFile(join(docs, `${file}.png`));
    }
  };
  return {
    pictures,
    async shoot(page, screen, pose = {}) {
      if (!screens.includes(screen)) return;
      const from = performance.now();
      await take(page, screen, pose);
      // As it was found: whatever comes next finds its page in Chinese and in its usual size.
      await dress(page, DOCS('zh'), pose);
      say(`${screen} ${((performance.now() - from) / 1000).toFixed(1)} s`);
    },
  };
}

/** Few colours are enough for what has no photo in it. */
export const small = (picture: Buffer) => sharp(picture).png({ palette: true, colours: 128, effort: 10 });

/** A page without a language to choose is looked at as it is. */
async function speakable(page: Page, variants: readonly Variant[], { speak }: Pose): Promise<readonly Variant[]> {
  if (speak || (await languageButton(page).count()) > 0) return variants;
  const spoken = await page.evaluate(() => document.documentElement.lang);
  return variants.filter(({ locale }) => spoken.startsWith(locale));
}

export async function photograph(page: Page, variant: Variant, pose: Pose, path?: string): Promise<Buffer> {
  for (let left = MOST_TRIES; left > 0; left--) {
    await dress(page, variant, pose);
    const before = await moment(page);
    const picture = await page.screenshot({
      ...{ animations: 'disabled', caret: 'hide', fullPage: pose.whole ?? false },
      ...(path ? { path } : {}),
      ...(pose.mask ? { mask: [pose.mask] } : {}),
    });
    if (before === (await moment(page))) return picture;
    await pose.again?.();
  }
  throw new Error(`${path ?? variantName(variant)}: the screen goes by too quickly`);
}

async function dress(page: Page, { locale, size, scheme }: Variant, { speak }: Pose): Promise<void> {
  await page.emulateMedia({ ...mediaOf(scheme), reducedMotion: 'no-preference' });
  await page.setViewportSize(size);
  await (speak ?? speakByButton(page))(locale);
}

const languageButton = (page: Page) => page.locator('[data-action="language"]');

/** By hand of the page itself: a dialog that stands before the button must not close for it. */
const speakByButton =
  (page: Page) =>
  async (locale: Locale): Promise<void> => {
    const button = languageButton(page);
    if ((await button.count()) === 0) return;
    if ((await page.evaluate(() => document.documentElement.lang)) === locale) return;
    await button.evaluate((element: HTMLElement) => element.click());
    await page.locator(`html[lang="${locale}"]`).waitFor({ state: 'attached' });
  };

/** Which screen it is, and whether a dialog stands before it. */
const moment = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const screens = [...document.querySelectorAll<HTMLElement>('[data-screen]')].map((one) => one.dataset.screen);
    return [...screens, document.querySelectorAll('[role="dialog"]').length].join(' ');
  });
