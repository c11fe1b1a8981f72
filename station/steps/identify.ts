import type { IdentifiedBy } from '../../contract/records/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { awayOf, waitingHere } from '../moving/index.ts';
import type { Arriving } from './arriving.ts';
import { type CardDoubt, type CardSaid, cardDoubts } from './card-check.ts';
import { choicesFor } from './choices.ts';
import type { Proctoring } from './parts.ts';
import { sitDown } from './sit-down.ts';
import { findSitter, type Sitter } from './sitter.ts';
import type { TurnedAwayReason } from './turned-away.ts';

export type Identifying = Omit<Proctoring, 'proctors' | 'leaveKiosk'> & {
  /** Where this station stands in its room. */
  readonly place?: SeatLabel | undefined;
};

/** How somebody named themselves. */
export type Named = {
  /** The first of them that is on a roster counts. */
  readonly numbers: readonly string[];
  readonly by: IdentifiedBy;
  /** The card that was laid, also where its number was typed afterwards: that settles nothing that the card left open. */
  readonly card?: CardSaid | undefined;
};

/**
 * A card or a typed number names somebody: they sit down, choose among what they may do, or are turned away. What their card says
 * that the roster does not is for a proctor.
 * @throws Refusal `not-allowed-now`, `not-on-roster`, `other-seat`, `moved`, a {@link CardDoubt}, and as {@link sitDown}
 */
export function identify(parts: Identifying, { numbers, by, card }: Named): void {
  makeWay(parts);
  const sitter = firstOf(numbers, (number) => findSitter(parts, number));
  if (!sitter) throw new Refusal('not-on-roster');
  arrive(parts, sitter, choicesFor(parts, sitter), { by, card });
}

/** Whoever comes now is the next one. @throws Refusal `not-allowed-now` */
export function makeWay({ seat, turnedAway, choosing }: Identifying): void {
  if (seat.current) throw new Refusal('not-allowed-now', 'somebody sits here');
  turnedAway.clear();
  choosing.clear();
}

/**
 * It is known who came: they sit down, choose, or are turned away.
 * @param exams what they may do here, their exam first
 * @throws Refusal as {@link identify}
 */
export function arrive(
  parts: Identifying,
  sitter: Sitter,
  exams: readonly Exam[],
  { by, card }: Pick<Named, 'by' | 'card'>,
): void {
  const { turnedAway, choosing } = parts;
  const begun = waitingHere(parts, sitter.candidate.id, sitter.grant?.tenantId);
  const came = { ...sitter, by, ...documentOf(sitter) };
  const doubts = card ? cardDoubts(card, sitter.candidate, parts.clock.wall()) : [];
  if (doubts.length > 0) writeDoubts(parts, came, doubts);
  const [doubt] = doubts;
  const elsewhere = begun ? undefined : reasonToTurnAway(parts, sitter, exams);
  const why = elsewhere ?? (doubt && ({ kind: 'card' } as const));
  if (why) {
    turnedAway.put({ ...came, doubts, why });
    throw new Refusal(why.kind === 'card' ? (doubt ?? 'card-unreadable') : why.kind);
  }
  if (!begun && exams.length > 1) return choosing.put({ ...came, exams });
  // Who has nothing to do is told why not their exam.
  sitDown(parts, { ...came, begun, examId: exams[0]?.id });
}

function firstOf<From, To>(all: readonly From[], find: (one: From) => To | undefined): To | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Which document has the number under which they are on the roster. */
function documentOf({ candidate }: Sitter): Pick<Arriving, 'document'> {
  const parsed = parseIdNumber(candidate.number);
  return parsed.ok ? { document: parsed.kind } : {};
}

/** No sitting is open yet: it is a line of the station itself. */
function writeDoubts(
  { ledger, roster }: Identifying,
  { candidate, grant, by, document }: Arriving,
  reasons: readonly CardDoubt[],
): void {
  const { assignment } = roster.of(grant?.tenantId);
  if (!assignment) return;
  const whose = { tenantId: assignment.tenant.id, candidateId: candidate.id };
  ledger.append(null, [{ type: 'turned-away', ...whose, identifiedBy: by, document, reasons: [...reasons] }]);
}

/** Why somebody cannot sit down here without a proctor. A seat was drawn for an exam: who only studies may study anywhere. */
function reasonToTurnAway(
  parts: Identifying,
  { candidate, grant }: Sitter,
  exams: readonly Exam[],
): TurnedAwayReason | undefined {
  const away = awayOf(parts, candidate, grant?.tenantId);
  if (away) return { kind: 'moved', ...away };
  const { seat } = candidate;
  const onlyStudies = exams.length > 0 && exams.every(({ mode }) => mode === 'learning');
  return seat && parts.place && seat !== parts.place && !onlyStudies ? { kind: 'other-seat', seat } : undefined;
}
