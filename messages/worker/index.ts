import { IntlMessageFormat } from 'intl-messageformat';
import type { AppealWords } from '../../contract/words/appeal-words.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { MessageValues } from '../index.ts';
import { words as en } from './en.ts';
import { words as zh } from './zh.ts';

/** Apart from the catalogue of stations, whose page is full: these are read at home and on the page of a receipt. */
export type WorkerKey = keyof typeof zh;
export type WorkerTranslate = (key: WorkerKey, values?: MessageValues) => string;

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<WorkerKey, string>>>> = { zh, en };

function translatorOf(locale: Locale): WorkerTranslate {
  const compiled = new Map<WorkerKey, IntlMessageFormat>();
  return (key, values = {}) => {
    const message = compiled.get(key) ?? new IntlMessageFormat(CATALOGUES[locale][key], locale);
    compiled.set(key, message);
    return String(message.format({ ...values }));
  };
}

/** What somebody is told of their own exams, in a language. */
export const WORKER_WORDS: Readonly<Record<Locale, WorkerTranslate>> = {
  zh: translatorOf('zh'),
  en: translatorOf('en'),
};

/** An appeal as an inspector reads it: the ground, in the language of whoever chose it, and what they added. */
export function groundIn(locale: Locale, { ground, text }: AppealWords): string {
  const said = WORKER_WORDS[locale](`appeal.ground.${ground}`);
  if (text === '') return said;
  return locale === 'zh' ? `${said}：${text}` : `${said}: ${text}`;
}
