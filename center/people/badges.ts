import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { badgeTagOf } from '../../proof/secrets/badge-tag.ts';
import { hashPin } from './pins.ts';

/** A badge as it is kept. */
export type KeptBadge = { readonly hash: string; readonly tag: number };

/** @throws Refusal `number-malformed`, `number-checksum` */
export async function keepBadge(typed: string): Promise<KeptBadge> {
  const parsed = parseCitizenNumber(typed);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  const hash = await hashPin(parsed.number);
  return { hash, tag: badgeTagOf(parsed.number, hash) };
}
