import type { Locale } from '../../contract/words/localized.ts';

/** In how many ways one moment of a screen is looked at. */
export type Size = { readonly width: number; readonly height: number };
export const SCHEMES = ['light', 'dark', 'contrast', 'forced'] as const;
export type Scheme = (typeof SCHEMES)[number];
export type Variant = { readonly locale: Locale; readonly size: Size; readonly scheme: Scheme };

const LOCALES: readonly Locale[] = ['zh', 'en'];
export const SIZES: readonly Size[] = [
  { width: 800, height: 600 },
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
];
const USUAL_SIZE: Size = { width: 1280, height: 720 };
/** The size of a picture that stands in the docs, and of the window between two pictures. */
export const DOCS_SIZE: Size = { width: 1280, height: 800 };
/** Where the system decides every colour a second size would show nothing new. */
const EVERYWHERE: readonly Scheme[] = ['light', 'dark', 'contrast'];

/** What changes slowest comes first: a language is a tap, a size a layout, a scheme a repaint. */
export const fullMatrix = (): readonly Variant[] =>
  LOCALES.flatMap((locale) => [
    ...SIZES.flatMap((size) => EVERYWHERE.map((scheme) => ({ locale, size, scheme }))),
    { locale, size: USUAL_SIZE, scheme: 'forced' },
  ]);

export const QUICK: readonly Variant[] = [{ locale: 'zh', size: USUAL_SIZE, scheme: 'light' }];

export const sizeName = ({ width, height }: Size): string => `${width}x${height}`;
export const variantName = ({ locale, size, scheme }: Variant): string => `${locale}-${sizeName(size)}-${scheme}`;

/**
 * What a browser is told so that a page shows a scheme. Colours that are no longer forced are said by saying nothing: told
 * that there are none, Chromium keeps the system's white behind the page.
 */
export function mediaOf(scheme: Scheme) {
  return {
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
    contrast: scheme === 'contrast' || scheme === 'forced' ? 'more' : 'no-preference',
    forcedColors: scheme === 'forced' ? 'active' : null,
  } as const;
}
