import type { IdentifiedBy } from '../../contract/records/index.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { awayOf, waitingHere } from '../moving/index.ts';
import type { Proctoring } from './parts.ts';
import { sitDown } from './sit-down.ts';
import { findSitter, type Sitter } from './sitter.ts';
import type { TurnedAwayReason } from './turned-away.ts';

export type Identifying = Omit<Proctoring, 'proctors' | 'leaveKiosk'> & {
  /** Where this station stands in its room. */
  readonly place?: SeatLabel | undefined;
};

/**
 * A card or a typed number names somebody: they sit down, or are turned away.
 * @throws Refusal `not-allowed-now`, `not-on-roster`, `other-seat`, `moved`, and as {@link sitDown}
 */
export function identify(parts: Identifying, number: string, by: IdentifiedBy): void {
  const { seat, turnedAway } = parts;
  if (seat.current) throw new Refusal('not-allowed-now', 'somebody sits here');
  turnedAway.clear();
  const sitter = findSitter(parts, number);
  if (!sitter) throw new Refusal('not-on-roster');
  const why = reasonToTurnAway(parts, sitter);
  if (why) {
    turnedAway.put({ ...sitter, by, why });
    throw new Refusal(why.kind);
  }
  sitDown(parts, { ...sitter, by, begun: waitingHere(parts, sitter.candidate.id, sitter.grant?.tenantId) });
}

/** Why somebody cannot sit down here without a proctor; whose exam came here from another station can. */
function reasonToTurnAway(parts: Identifying, { candidate, grant }: Sitter): TurnedAwayReason | undefined {
  const guest = grant?.tenantId;
  if (waitingHere(parts, candidate.id, guest)) return undefined;
  const away = awayOf(parts, candidate, guest);
  if (away) return { kind: 'moved', ...away };
  const { seat } = candidate;
  return seat && parts.place && seat !== parts.place ? { kind: 'other-seat', seat } : undefined;
}
