import { birthDateOf, type IdNumber } from '../../contract/words/id-number.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { compareNames } from '../../contract/words/person-name.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import type { Candidate } from '../keep/roster/index.ts';

/** What a card says of whoever it was given to. */
export type CardSaid = {
  /** By which they may be on a roster: the card's own first, then that of a permit that it goes with. */
  readonly numbers: readonly IdNumber[];
  /** Each with the UTF-16 units that the card has for it; the first is what to call the person. */
  readonly names: readonly { readonly text: string; readonly room: number }[];
  /** `YYYY-MM-DD`, as all dates here. */
  readonly birthDate: string;
  readonly validFrom: string;
  /** The last day. */
  readonly validTo: string | 'long-term';
};

/** What of a card speaks against its being the card of whoever has its number. */
export type CardDoubt = Extract<Reason, `card-${string}`>;

/** Nothing where all agrees. @param at by the clock of exams: a card is valid to the end of its last day in China */
export function cardDoubts(card: CardSaid, candidate: Pick<Candidate, 'name' | 'number'>, at: Instant): CardDoubt[] {
  const birthDate = birthDateOf(candidate.number);
  const today = dayInChina(at);
  return [
    ...nameDoubts(card, candidate.name),
    ...(birthDate !== undefined && birthDate !== card.birthDate ? (['card-birth-differs'] as const) : []),
    ...(card.validTo !== 'long-term' && card.validTo < today ? (['card-expired'] as const) : []),
    ...(card.validFrom > today ? (['card-not-yet-valid'] as const) : []),
  ];
}

/** A foreigner's card has two names, and a roster one of them. */
function nameDoubts({ names }: CardSaid, onRoster: string): CardDoubt[] {
  const found = names.map(({ text, room }) => compareNames(text, onRoster, room));
  if (found.includes('same')) return [];
  return [found.includes('unsure') ? 'card-name-unsure' : 'card-name-differs'];
}

const CHINA_MS = 8 * 3_600_000;
const dayInChina = (at: Instant): string => new Date(Date.parse(at) + CHINA_MS).toISOString().slice(0, 10);
