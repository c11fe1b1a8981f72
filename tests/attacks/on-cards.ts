import type { CandidateId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type CardTextInput, encodeCardText, parseCardText } from '../../native/card/card-text.ts';
import { type CandidateParts, candidateHandlers } from '../../station/page/handlers/candidate.ts';
import { nameSomebody, openLastChip } from '../../station/page/index.ts';
import { saidBy } from '../../station/run/card-said.ts';
import { deskSubject, openChoosing, openDesks, openProctorCall, openTurnedAway } from '../../station/steps/index.ts';
import type { Attack, Seen } from './attack.ts';
import { at, CANDIDATE, type Started, setUp, withCenter } from './station-at-center.ts';

/** Where somebody names themselves: a station with its roster, and nobody who sits there. */
export function doorOf(station: Started): CandidateParts {
  const { seat, clock } = station;
  const turnedAway = openTurnedAway(
    () => false,
    () => undefined,
  );
  return {
    ...{ ...station, turnedAway, chip: openLastChip(), choosing: openChoosing(() => undefined) },
    call: openProctorCall(seat, () => undefined),
    desks: openDesks({ clock, subject: (about) => deskSubject({ seat, turnedAway }, about), isProctor: () => true }),
    readiness: { now: { status: 'READY' } } as never,
    visitor: { step: 'none' } as never,
  };
}

export const reasonOf = (tried: () => unknown): string => {
  try {
    tried();
    return 'let in';
  } catch (error) {
    return error instanceof Refusal ? error.reason : String(error);
  }
};

/** The candidate's own card, as its 256 bytes say it, but for what was changed. */
function lay(door: CandidateParts, changes: Partial<CardTextInput>): string {
  const { name, number } = whoIs(door, CANDIDATE);
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const printed = { nation: '01', sex: 'male', address: '某地', issuer: '某市公安局', birth } as const;
  const own = { kind: 'resident', name, number, ...printed, validFrom: '2020-01-01', validTo: 'long-term' } as const;
  const read = parseCardText(encodeCardText({ ...own, ...changes } as CardTextInput));
  if (!read.ok) throw new Error('the card cannot be read');
  const card = saidBy(read.card);
  door.chip.read(card);
  return reasonOf(() => nameSomebody(door, { numbers: card.numbers, by: 'card', card }));
}

function whoIs({ roster }: CandidateParts, id: CandidateId) {
  const candidate = roster.of(undefined).find(id);
  if (!candidate) throw new Error('nobody of that id is on the roster');
  return candidate;
}

/**
 * Lays the card, and types its number where that did not help.
 * @returns what is said of the card, in the order in which it is shown and written into the ledger
 */
const tryCard = (changes: Partial<CardTextInput>): Promise<Seen> =>
  withCenter(async (center, folder) => {
    const { station } = await setUp(center, at(folder));
    const door = doorOf(station);
    try {
      const laid = lay(door, changes);
      const doubts = door.turnedAway.current?.doubts ?? [];
      const { number } = whoIs(door, CANDIDATE);
      const typed = reasonOf(() => candidateHandlers(door)['identify.typed']({ number }));
      const { sequence } = station.ledger.head();
      const written = station.ledger.stretch(1, sequence).lines.filter(({ event }) => event.type === 'turned-away');
      const refused = laid === doubts[0] && typed === laid && !station.seat.current && written.length === 2;
      return { outcome: refused ? 'prevented' : 'open', said: refused ? doubts.join(', ') : `${laid}, ${typed}` };
    } finally {
      door.turnedAway.clear();
      station.stop();
    }
  });

/** A card that a reader takes, at the door of an exam. */
export const attacksWithCards: readonly Attack[] = [
  {
    name: 'card-of-somebody-else',
    about: 'person',
    attacker: 'candidate',
    does: 'lays a card with the number of somebody on the roster, and the name and birth date of whoever holds it; then types that number',
    outcome: 'prevented',
    by: 'the station: it holds the chip against the roster, and only a proctor who says what they compared lets its holder sit; the doubt stays in the record',
    told: ['card-name-differs', 'card-birth-differs'],
    replay: () => tryCard({ name: '赵替考', birth: '1999-09-09' }),
  },
  {
    name: 'expired-card',
    about: 'person',
    attacker: 'candidate',
    does: 'lays a card of which the last day is over, such as one that was lost and replaced; then types its number',
    outcome: 'prevented',
    by: 'the station, by its clock: only a proctor who says what they compared lets its holder sit; the doubt stays in the record',
    told: ['card-expired'],
    replay: () => tryCard({ validFrom: '2005-01-01', validTo: '2015-01-01' }),
  },
];
