import type { AssignedStation, KnownMove } from '../../contract/station-center/center-api.ts';
import { mayBeSatOn, mustBeSatOn } from '../../contract/words/hosts.ts';
import { type CandidateId, instant, type SittingId, type StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isUnderWay, newIncidentId, type Proctored, type Seat, type Sitting } from '../core/sitting/index.ts';
import { type Carried, carriedFrom } from '../keep/moves/index.ts';
import type { Candidate } from '../keep/roster/index.ts';
import type { TerminalParts } from '../run/parts.ts';
import { sitDown } from '../steps/sit-down.ts';
import type { Why } from '../steps/turned-away.ts';
import { rest } from '../watch/camera/index.ts';

/** For so long whoever was moved away cannot begin anew anywhere else. */
const AWAY_MS = 12 * 3_600_000;

type Explained = Proctored & { readonly note: string };

/** The stations a sitting may be moved to. */
export const otherStations = ({ roster, identity }: TerminalParts): readonly AssignedStation[] =>
  (roster.assignment?.stations ?? []).filter(({ id }) => id !== identity.enrolment?.stationId);

function mustBeKnown(parts: TerminalParts, to: StationId): void {
  if (!otherStations(parts).some(({ id }) => id === to)) throw new Refusal('station-unknown', to);
}

/**
 * Ends the sitting here and makes the file with which it goes on there.
 * @throws Refusal `station-unknown`, `not-allowed-now`
 */
export function moveAway(parts: TerminalParts, to: StationId, who: Explained): void {
  mustBeKnown(parts, to);
  parts.seat.execute({ kind: 'move', to, ...who });
  depart(parts);
}

/** A sitting that left, to another station than the one that could not take it. @throws Refusal `station-unknown` */
export function sendOn(parts: TerminalParts, sitting: SittingId, to: StationId, { by, note, second }: Explained): void {
  mustBeKnown(parts, to);
  parts.ledger.append(sitting, [{ type: 'moved', to, by, note, ...(second ? { second } : {}) }]);
  depart(parts);
}

/** What cannot be written now (a full disk) is made later: the ledger has all of it. */
function depart({ departures, log, onRecord }: TerminalParts): void {
  try {
    departures.catchUp();
    onRecord();
  } catch (error) {
    log.error({ error: String(error) }, 'no rescue file');
  }
}

/** Where an exam of this candidate has gone; by this station's own ledger, or by what the center says of others'. */
export type Away = {
  readonly to: StationId;
  /** The sitting, where it left from here and has gone on nowhere that the center knows of. */
  readonly sitting?: SittingId;
};

/** The same as far as it is known by now: what stands on a screen may have been overtaken. */
export function awayNow(parts: TerminalParts, away: Away): Away {
  if (!away.sitting || !isSpent(parts, away.sitting)) return away;
  return { to: knownOf(parts, away.sitting)?.begunBy ?? away.to };
}

const knownOf = ({ elsewhere }: TerminalParts, sitting: SittingId): KnownMove | undefined =>
  elsewhere.list.find(({ sittingId }) => sittingId === sitting);

/** Whether the center knows that a sitting can go on here no more: it is over, or goes on at another station. */
export function isSpent(parts: TerminalParts, sitting: SittingId): boolean {
  const known = knownOf(parts, sitting);
  const goesOn = known?.begunBy;
  return (
    known !== undefined && (known.over || (goesOn !== undefined && goesOn !== parts.identity.enrolment?.stationId))
  );
}

const CLAIM_WITHIN_MS = 2_000;

/**
 * Before an exam that came here goes on: the first station that says so to the center is the one where it does. With the
 * center away nobody can tell; then it goes on, and where that was twice, a proctor hears of it once the center is back.
 * @throws Refusal `rescue-used` where it goes on at another station, `host-not-allowed`
 */
export async function mustGoOnHere(parts: TerminalParts): Promise<void> {
  const { seat, identity } = parts;
  if (!seat.current) return;
  const { continues, stage, exam } = seat.current;
  if (!continues || stage !== 'awaiting-unlock') return;
  mustBeSatOn(exam, parts.host);
  // It says only that it is about to, which counts for a minute: what keeps it from going on must not keep the others.
  const asked = parts.claim(continues.sitting).catch(() => undefined);
  const waiting = new AbortController();
  const begunBy = await Promise.race([asked, rest(CLAIM_WITHIN_MS, waiting.signal)]);
  waiting.abort();
  if (begunBy && begunBy !== identity.enrolment?.stationId) throw new Refusal('rescue-used', begunBy);
}

/** What this candidate had begun at another station and can go on with here. */
export function waitingHere(parts: TerminalParts, candidate: CandidateId): Carried | undefined {
  const carried = parts.arrivals.waitingFor(candidate);
  if (!carried || isSpent(parts, carried.continues.sitting)) return undefined;
  const known = knownOf(parts, carried.continues.sitting);
  // Unless it has begun here, the last word on where it goes counts.
  const sentOn = known && !known.begunBy && known.to !== parts.identity.enrolment?.stationId;
  return sentOn ? undefined : carried;
}

/** As people call it; where two are called the same, they are told apart. */
export function nameOf({ roster }: TerminalParts, id: StationId): string {
  const stations = roster.assignment?.stations ?? [];
  const name = stations.find((one) => one.id === id)?.name ?? id;
  return stations.filter((one) => one.name === name).length > 1 ? `${name} (${id.slice(0, 9)})` : name;
}

/** Whether what left from here has reached nobody yet. */
export function isOnItsWay(parts: TerminalParts, why: Why): boolean {
  if (why.kind !== 'moved') return false;
  const { to, sitting } = awayNow(parts, why);
  return sitting !== undefined && parts.departures.stateOf({ sitting, to }) !== 'delivered';
}

/** @throws Refusal `rescue-coming` where it is on its way here */
export function awayOf(parts: TerminalParts, { id, examId }: Candidate): Away | undefined {
  const { departures, clock, elsewhere, identity } = parts;
  const left = departures.away(id, examId, instant(new Date(Date.parse(clock.wall()) - AWAY_MS)));
  if (left && !knownOf(parts, left.sitting)?.over) {
    return awayNow(parts, left);
  }
  const other = elsewhere.list.find((one) => one.candidateId === id && one.examId === examId && !one.over);
  if (!other || other.sittingId === left?.sitting) return undefined;
  const at = other.begunBy ?? other.to;
  // On its way here: a new paper now would be a second one.
  if (at === identity.enrolment?.stationId) throw new Refusal('rescue-coming');
  return { to: at };
}

/** What was moved away, as it goes on here after all. @throws Refusal `not-allowed-now` where it did not leave from here */
export function comeBack({ ledger, identity }: TerminalParts, { sitting }: Away): Carried {
  const from = identity.enrolment?.stationId;
  if (!sitting || !from) throw new Refusal('not-allowed-now', 'it did not leave from here, or has gone on already');
  return carriedFrom(from, ledger.ofSitting(sitting));
}

/** What becomes of moves while the station runs; none of it ever throws. */
export type MoveKeeper = {
  /** After each change: spends the file of whatever goes on here. */
  changed(): void;
  /** The center was heard: an exam that is sat here may go on at another station, too. */
  heard(): void;
  /**
   * A file came. Where it is for somebody who sits here already: it goes on instead of a new paper, or, where that is being
   * sat by now, a proctor is told and decides.
   */
  came(): void;
};

/** Finishes what a crash cut short, and keeps moves in order from then on. */
export function tendMoves(parts: TerminalParts): MoveKeeper {
  const { seat, arrivals, departures, claims, identity, log } = parts;
  depart({ ...parts, onRecord: () => undefined });
  let spent: SittingId | undefined;
  const spend = ({ continues, form }: Sitting): void => {
    if (!continues || !form || spent === continues.sitting) return;
    if (continues.from !== identity.enrolment?.stationId) arrivals.use(continues.sitting);
    // Also where it comes back by way of another station.
    for (const one of [continues.sitting, continues.root]) departures.takeBack(one);
    claims.add(continues.sitting);
    parts.onRecord();
    spent = continues.sitting;
  };
  const guarded = (work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log.error({ error: String(error) }, 'moving');
    }
  };
  const changed = guarded(() => {
    if (seat.current) spend(seat.current);
    takeUp(parts);
  });
  const came = guarded(() => {
    if (!takeUp(parts)) tellOfLate(parts);
  });
  const heard = guarded(() => {
    takeUp(parts);
    const { current } = seat;
    if (!current?.continues || !isUnderWay(current)) return;
    const { sitting } = current.continues;
    if (isSpent(parts, sitting) || knownOf(parts, sitting)?.twice) tell(seat, 'sat-twice');
  });
  changed();
  came();
  return { changed, came, heard };
}

/** A proctor should know, once here; what was told at another station came along and was about that. */
function tell(seat: Seat, reason: 'begun-elsewhere' | 'sat-twice'): void {
  const { incidents = [], continues } = seat.current ?? {};
  const before = new Set(continues?.incidents.map(({ id }) => id));
  if (incidents.some((incident) => incident.reason === reason && !before.has(incident.id))) return;
  seat.execute({ kind: 'note', reason, incidentId: newIncidentId() });
}

/** Somebody sits a new paper whose first one, begun elsewhere, came only now. */
function tellOfLate(parts: TerminalParts): void {
  const { seat } = parts;
  const { current } = seat;
  if (!current || current.continues || !isUnderWay(current)) return;
  const begun = waitingHere(parts, current.candidateId);
  if (begun?.exam.id === current.exam.id) tell(seat, 'begun-elsewhere');
}

const NOT_BEGUN: readonly Sitting['stage'][] = ['consenting', 'capturing', 'refused', 'awaiting-unlock'];

/** @returns whether what had begun elsewhere took the place of what was to begin here */
export function takeUp(parts: TerminalParts): boolean {
  const { seat, roster, banks } = parts;
  const { current } = seat;
  if (!current || current.continues || !NOT_BEGUN.includes(current.stage)) return false;
  const begun = waitingHere(parts, current.candidateId);
  // Nobody is sent away from their seat before it can go on.
  if (!begun || !mayBeSatOn(begun.exam, parts.host) || !banks.has(begun.continues.form.bankId)) return false;
  const candidate = roster.find(current.candidateId);
  if (!candidate) return false;
  seat.execute({ kind: 'close', reason: 'moved' });
  seat.leave();
  sitDown(parts, { candidate, by: current.identifiedBy, begun });
  return true;
}
