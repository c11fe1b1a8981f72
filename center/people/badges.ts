import { type DocumentKind, type IdNumber, parseIdNumber } from '../../contract/words/id-number.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { badgeTagOf } from '../../proof/secrets/badge-tag.ts';
import { hashPin } from './pins.ts';

/** A badge as it is kept. */
export type KeptBadge = { readonly hash: string; readonly tag: number };

/** The number on a card as somebody typed it. @throws Refusal `number-malformed`, `number-checksum` */
export function badgeNumber(typed: string): IdNumber {
  const parsed = parseIdNumber(typed);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  if (!ON_CARDS.includes(parsed.kind)) throw new Refusal('number-malformed', 'no reader reads such a document');
  return parsed.id;
}

const ON_CARDS: readonly DocumentKind[] = ['resident', 'residence-permit', 'foreign-permit'];

/** Slow on purpose: for whoever has shown that they may register one. */
export async function keepBadge(number: IdNumber): Promise<KeptBadge> {
  const hash = await hashPin(number);
  return { hash, tag: badgeTagOf(number, hash) };
}
