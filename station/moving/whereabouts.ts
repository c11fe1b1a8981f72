import type { KnownMove } from '../../contract/station-center/center-api.ts';
import { type CandidateId, instant, type SittingId, type StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Carried } from '../keep/moves/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import type { Whereabouts } from './parts.ts';

/** For so long whoever was moved away cannot begin anew anywhere else. */
const AWAY_MS = 12 * 3_600_000;

/** Where an exam of this candidate has gone; by this station's own ledger, or by what the center says of others'. */
export type Away = {
  readonly to: StationId;
  /** The sitting, where it left from here and has gone on nowhere that the center knows of. */
  readonly sitting?: SittingId;
};

type Heard = Pick<Whereabouts, 'knownMoves' | 'identity'>;

const knownOf = ({ knownMoves }: Pick<Heard, 'knownMoves'>, sitting: SittingId): KnownMove | undefined =>
  knownMoves.list.find(({ sittingId }) => sittingId === sitting);

/** Whether the center knows that a sitting can go on here no more: it is over, or goes on at another station. */
export function isSpent(parts: Heard, sitting: SittingId): boolean {
  const known = knownOf(parts, sitting);
  const goesOn = known?.begunBy;
  return (
    known !== undefined && (known.over || (goesOn !== undefined && goesOn !== parts.identity.enrolment?.stationId))
  );
}

/** Whether the center knows that it went on at two stations. */
export const wentOnTwice = (parts: Pick<Heard, 'knownMoves'>, sitting: SittingId): boolean =>
  knownOf(parts, sitting)?.twice === true;

/** The same as far as it is known by now: what stands on a screen may have been overtaken. */
export function awayNow(parts: Heard, away: Away): Away {
  if (!away.sitting || !isSpent(parts, away.sitting)) return away;
  return { to: knownOf(parts, away.sitting)?.begunBy ?? away.to };
}

/**
 * What this candidate had begun at another station and can go on with here.
 * @param guest whose candidate it is, where that is not the firm whose station this is
 */
export function waitingHere(
  parts: Heard & Pick<Whereabouts, 'arrivals'>,
  candidate: CandidateId,
  guest: TenantId | undefined,
): Carried | undefined {
  const carried = parts.arrivals.waitingFor(candidate, guest);
  if (!carried || isSpent(parts, carried.continues.sitting)) return undefined;
  const known = knownOf(parts, carried.continues.sitting);
  // Unless it has begun here, the last word on where it goes counts.
  const sentOn = known && !known.begunBy && known.to !== parts.identity.enrolment?.stationId;
  return sentOn ? undefined : carried;
}

/** Whether what left from here has reached nobody yet. */
export function isOnItsWay(parts: Heard & Pick<Whereabouts, 'departures'>, away: Away): boolean {
  const { to, sitting } = awayNow(parts, away);
  return sitting !== undefined && parts.departures.stateOf({ sitting, to }) !== 'delivered';
}

/**
 * @param guest whose candidate it is, where that is not the firm whose station this is
 * @throws Refusal `rescue-coming` where it is on its way here
 */
export function awayOf(
  parts: Heard & Pick<Whereabouts, 'departures' | 'clock'>,
  { id, examId }: Candidate,
  guest: TenantId | undefined,
): Away | undefined {
  const { departures, clock, knownMoves, identity } = parts;
  const left = departures.away(id, examId, instant(new Date(Date.parse(clock.wall()) - AWAY_MS)), guest);
  if (left && !knownOf(parts, left.sitting)?.over) return awayNow(parts, left);
  const other = knownMoves.list.find(
    (one) => one.guest === guest && one.candidateId === id && one.examId === examId && !one.over,
  );
  if (!other || other.sittingId === left?.sitting) return undefined;
  const at = other.begunBy ?? other.to;
  // On its way here: a new paper now would be a second one.
  if (at === identity.enrolment?.stationId) throw new Refusal('rescue-coming');
  return { to: at };
}
