import type { Locale } from '../../contract/words/localized.ts';
import { isKnown, type ReasonCode } from '../../contract/words/reasons.ts';
import { explain } from '../../messages/index.ts';
import { MESSAGES } from './messages.ts';

/** What happened, without what whoever sat there was asked to do about it: the first sentence of the catalogue's. */
export function inShort(reason: ReasonCode, locale: Locale): string {
  if (!isKnown(reason)) return MESSAGES[locale].unknownReason(reason);
  const [first = reason] = explain(reason, locale).split(/，请|。|\.(?:\s|$)/);
  return first;
}

/** What is wrong with a photo. The catalogue speaks to whoever stands before a camera; nobody does here. */
export function ofPhoto(reason: ReasonCode, locale: Locale): string {
  const words: Readonly<Record<string, string>> = MESSAGES[locale].photoReasons;
  return words[reason] ?? inShort(reason, locale);
}
