import { type CitizenNumber, parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { badgeTagOf } from '../../proof/secrets/badge-tag.ts';
import { hashPin } from './pins.ts';

/** A badge as it is kept. */
export type KeptBadge = { readonly hash: string; readonly tag: number };

/** The number on a card as somebody typed it. @throws Refusal `number-malformed`, `number-checksum` */
export function badgeNumber(typed: string): CitizenNumber {
  const parsed = parseCitizenNumber(typed);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  return parsed.number;
}

/** Slow on purpose: for whoever has shown that they may register one. */
export async function keepBadge(number: CitizenNumber): Promise<KeptBadge> {
  const hash = await hashPin(number);
  return { hash, tag: badgeTagOf(number, hash) };
}
