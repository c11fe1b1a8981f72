import type { Locale } from '../../contract/words/localized.ts';
import { isKnown, type Reason, type ReasonCode } from '../../contract/words/reasons.ts';
import { explainOfCenter } from '../../messages/of-center.ts';
import { explainPhoto, PHOTO_WORDS } from '../../messages/photos.ts';
import { ACCESS_WORDS } from './access-words.ts';
import { MESSAGES } from './messages.ts';

/** A refusal as whoever sits there is told it: what happened, and where it asks for patience, for how long. */
export type Said = { readonly reason: Reason; readonly seconds?: number | undefined };

export const inWords = ({ reason, seconds }: Said, locale: Locale): string =>
  explainOfCenter(reason, locale) + (seconds === undefined ? '' : ` ${ACCESS_WORDS[locale].tryLater(seconds)}`);

/** What happened, without what whoever sat there was asked to do about it: the first sentence of the catalogue's. */
export function inShort(reason: ReasonCode, locale: Locale): string {
  if (!isKnown(reason)) return MESSAGES[locale].unknownReason(reason);
  const [first = reason] = explainOfCenter(reason, locale).split(/，请|。|\.(?:\s|$)/);
  return first;
}

/** What is wrong with a photo. */
export const ofPhoto = (reason: ReasonCode, locale: Locale): string =>
  reason in PHOTO_WORDS[locale] ? explainPhoto(reason, locale) : inShort(reason, locale);
