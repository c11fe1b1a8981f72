import { IntlMessageFormat } from 'intl-messageformat';
import type { FindingCode } from '../contract/words/findings.ts';
import type { Locale } from '../contract/words/localized.ts';
import type { CenterReason, Reason, ReasonCode } from '../contract/words/reasons.ts';
import { words as en, findings as enFindings, reasons as enReasons } from './en/index.ts';
import { words as zh, findings as zhFindings, reasons as zhReasons } from './zh/index.ts';

/** The one catalogue of words for people: screens, command line and pages say the same thing the same way. */
export type MessageKey = keyof typeof zh;
export type MessageValues = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { zh, en };
export type StationReason = Exclude<Reason, CenterReason>;
const reasons: Readonly<Record<Locale, Readonly<Record<StationReason, string>>>> = { zh: zhReasons, en: enReasons };

export function translator(locale: Locale): Translate {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  return (key, values = {}) => {
    const message = compiled.get(key) ?? new IntlMessageFormat(catalogues[locale][key], locale);
    compiled.set(key, message);
    return String(message.format({ ...values }));
  };
}

/**
 * What happened and what to do next, in one or two sentences; of a word that a later version has, or that is the center's alone
 * (`of-center.ts`), the word itself.
 */
export const explain = (reason: ReasonCode, locale: Locale): string =>
  hasWords(reason) ? reasons[locale][reason] : translator(locale)('reason.unknown', { code: reason });
/** Whether the catalogue of stations has words for it. */
export const hasWords = (reason: ReasonCode): reason is StationReason => Object.hasOwn(zhReasons, reason);

const findings: Readonly<Record<Locale, Readonly<Record<FindingCode, string>>>> = { zh: zhFindings, en: enFindings };
/** What a center found in a record. */
export const explainFinding = (code: FindingCode, locale: Locale): string => findings[locale][code];
