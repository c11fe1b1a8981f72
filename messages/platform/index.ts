import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../../contract/words/localized.ts';
import type { MessageValues } from '../index.ts';
import { words as en } from './en.ts';
import { words as zh } from './zh.ts';

export type PlatformKey = keyof typeof zh;
export type PlatformTranslate = (key: PlatformKey, values?: MessageValues) => string;

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<PlatformKey, string>>>> = { zh, en };
const REGIONS: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-GB' };

/** Every word of the platform's pages, in a language. */
export function platformTranslator(locale: Locale): PlatformTranslate {
  const compiled = new Map<PlatformKey, IntlMessageFormat>();
  return (key, values = {}) => {
    const message = compiled.get(key) ?? new IntlMessageFormat(CATALOGUES[locale][key], REGIONS[locale]);
    compiled.set(key, message);
    return String(message.format({ ...values }));
  };
}

export const platformRegion = (locale: Locale): string => REGIONS[locale];
