import { describe, expect, it } from 'vitest';
import { readWish } from './options.ts';
import { isMeant, PUBLISHED, screenNames } from './screens.ts';
import { fullMatrix, mediaOf, QUICK, SIZES, sizeName, variantName } from './variants.ts';

describe('variants', () => {
  it('are every language at every size in every scheme, and the colours of the system once a language', () => {
    const names = fullMatrix().map(variantName);
    expect(new Set(names).size).toBe(names.length);
    for (const locale of ['zh', 'en'])
      for (const size of SIZES)
        for (const scheme of ['light', 'dark', 'contrast'])
          expect(names).toContain(`${locale}-${sizeName(size)}-${scheme}`);
    expect(names.filter((name) => name.endsWith('-forced'))).toEqual(['zh-1280x720-forced', 'en-1280x720-forced']);
  });

  it('change the language once, as that is a tap on the page', () => {
    const locales = fullMatrix().map(({ locale }) => locale);
    expect(locales.filter((locale, at) => at > 0 && locale !== locales[at - 1])).toEqual(['en']);
  });

  it('tell a browser one thing a scheme', () => {
    expect(mediaOf('light')).toEqual({ colorScheme: 'light', contrast: 'no-preference', forcedColors: null });
    expect(mediaOf('dark')).toMatchObject({ colorScheme: 'dark' });
    expect(mediaOf('contrast')).toMatchObject({ contrast: 'more', forcedColors: null });
    expect(mediaOf('forced')).toMatchObject({ contrast: 'more', forcedColors: 'active' });
  });
});

describe('what is asked for', () => {
  it('is everything, unless it is said', () => {
    expect(readWish([])).toEqual({ screens: screenNames, variants: fullMatrix(), publish: false, baseline: false });
    expect(readWish(['--quick', '--publish'])).toMatchObject({ variants: QUICK, publish: true });
  });

  it('may be some screens, by number or by words', () => {
    expect(readWish(['--only', '08,consent']).screens).toEqual(['04-consent', '08-exam', '08-exam-large-print']);
    expect(isMeant('exam', '08-exam')).toBe(true);
    expect(isMeant('0', '08-exam')).toBe(false);
  });

  it('is refused where there is no such screen, with what there is', () => {
    expect(() => readWish(['--only', 'idle,lobby'])).toThrow(/no screen lobby; there are 01-idle, /);
    expect(() => readWish(['--slow'])).toThrow();
  });
});

it('no two pictures of the docs have one name', () => {
  const files = PUBLISHED.map(({ file }) => file);
  expect(new Set(files).size).toBe(files.length);
  expect(files).toEqual(expect.arrayContaining(['01-idle', '08-exam', '09-exam-english', '20-moved']));
});
