import type { Locale } from '../contract/words/localized.ts';
import type { ReasonCode } from '../contract/words/reasons.ts';
import { explain, type Translate, translator } from './index.ts';

/** A language as a page speaks it: what it is called, which way it runs, and its words. */
export type Speech = {
  /** For `lang`: letters and hyphens follow it. */
  readonly tag: string;
  /** With its country, for dates, numbers and the names that the browser has for keys. */
  readonly region: string;
  readonly direction: 'ltr' | 'rtl';
  readonly t: Translate;
  readonly explain: (reason: ReasonCode) => string;
};

const REGIONS: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-GB' };

export const speechOf = (locale: Locale): Speech => ({
  tag: locale,
  region: REGIONS[locale],
  direction: 'ltr',
  t: translator(locale),
  explain: (reason) => explain(reason, locale),
});
