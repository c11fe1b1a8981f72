import type { IdentifiedBy } from '../../contract/records/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { awayOf, waitingHere } from '../moving/index.ts';
import { choicesFor } from './choices.ts';
import type { Proctoring } from './parts.ts';
import { sitDown } from './sit-down.ts';
import { findSitter, type Sitter } from './sitter.ts';
import type { TurnedAwayReason } from './turned-away.ts';

export type Identifying = Omit<Proctoring, 'proctors' | 'leaveKiosk'> & {
  /** Where this station stands in its room. */
  readonly place?: SeatLabel | undefined;
};

/**
 * A card or a typed number names somebody: they sit down, choose among what they may do, or are turned away.
 * @throws Refusal `not-allowed-now`, `not-on-roster`, `other-seat`, `moved`, and as {@link sitDown}
 */
export function identify(parts: Identifying, number: string, by: IdentifiedBy): void {
  const { seat, turnedAway, choosing } = parts;
  if (seat.current) throw new Refusal('not-allowed-now', 'somebody sits here');
  turnedAway.clear();
  choosing.clear();
  const sitter = findSitter(parts, number);
  if (!sitter) throw new Refusal('not-on-roster');
  const begun = waitingHere(parts, sitter.candidate.id, sitter.grant?.tenantId);
  const exams = choicesFor(parts, sitter);
  const why = begun ? undefined : reasonToTurnAway(parts, sitter, exams);
  if (why) {
    turnedAway.put({ ...sitter, by, why });
    throw new Refusal(why.kind);
  }
  if (!begun && exams.length > 1) return choosing.put({ ...sitter, by, exams });
  // Who has nothing to do is told why not their exam.
  sitDown(parts, { ...sitter, by, begun, examId: exams[0]?.id });
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
