import type { Locale } from '../contract/words/localized.ts';
import { type CenterReason, isKnown, type ReasonCode } from '../contract/words/reasons.ts';
import { commandLine } from './command-line.ts';
import { centerReasons as en } from './en/center-reasons.ts';
import { explain } from './index.ts';
import { centerReasons as zh } from './zh/center-reasons.ts';

const CENTER: Readonly<Record<Locale, Readonly<Record<CenterReason, string>>>> = { zh, en };

/** What happened and what to do next, for pages of the center and its programs: also what no station ever says. */
export const explainOfCenter = (reason: ReasonCode, locale: Locale): string =>
  isOfCenter(reason) ? CENTER[locale][reason] : explain(reason, locale);
const isOfCenter = (reason: ReasonCode): reason is CenterReason => Object.hasOwn(zh, reason);

/** The same for whoever types commands: what helps before a screen need not help there. */
export const explainAtCommandLine = (reason: ReasonCode, locale: Locale): string =>
  (isKnown(reason) ? commandLine[reason]?.[locale] : undefined) ?? explainOfCenter(reason, locale);
