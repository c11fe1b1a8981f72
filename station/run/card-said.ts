import { parseIdNumber } from '../../contract/words/id-number.ts';
import { type CardText, roomOf } from '../../native/card/index.ts';
import type { CardSaid } from '../steps/index.ts';

/** What the station asks of a card, whichever kind it is. */
export function saidBy(card: CardText): CardSaid {
  const { birth: birthDate, validFrom, validTo } = card;
  return { numbers: numbersOf(card), names: namesOf(card), birthDate, validFrom, validTo };
}

/** A residence permit names the travel permit that it goes with: its holder may be on a roster by that. */
function numbersOf(card: CardText): CardSaid['numbers'] {
  const travels = card.number.startsWith('83') ? 'taiwan' : 'hong-kong-macau';
  const read = [
    parseIdNumber(card.number),
    ...(card.kind === 'residence-permit' ? [parseIdNumber(card.passNumber, travels)] : []),
  ];
  return read.flatMap((parsed) => (parsed.ok ? [parsed.id] : []));
}

function namesOf(card: CardText): CardSaid['names'] {
  const name = { text: card.name, room: roomOf(card.kind, 'name') };
  if (card.kind !== 'foreign' && card.kind !== 'foreign-2023') return [name];
  const chinese = { text: card.chineseName, room: roomOf(card.kind, 'chineseName') };
  return card.chineseName === '' ? [name] : [name, chinese];
}
