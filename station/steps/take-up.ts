import { mayBeSatOn } from '../../contract/words/hosts.ts';
import { type SittingId, VISITOR_ID } from '../../contract/words/ids.ts';
import { type CurrentSitting, guestOf, isUnderWay, newIncidentId, type Sitting } from '../core/sitting/index.ts';
import type { Beginnings, Claims } from '../keep/moves/index.ts';
import { depart, isSpent, type Moving, waitingHere, wentOnTwice } from '../moving/index.ts';
import type { SittingDown } from './parts.ts';
import { sitDown } from './sit-down.ts';

const NOT_BEGUN: readonly Sitting['stage'][] = ['consenting', 'capturing', 'refused', 'awaiting-unlock'];

/** @returns whether what had begun elsewhere took the place of what was to begin here */
export function takeUp(parts: Moving & SittingDown): boolean {
  const { seat, roster, grants, banks } = parts;
  const { current } = seat;
  if (!current || current.continues || !NOT_BEGUN.includes(current.stage)) return false;
  // It is their exam that was moved; whoever studies goes on studying.
  if (current.exam.mode === 'learning') return false;
  const guest = guestOf(current);
  const begun = waitingHere(parts, current.candidateId, guest);
  // Nobody is sent away from their seat before it can go on.
  if (!begun || !mayBeSatOn(begun.exam, parts.host) || !banks.has(begun.continues.form.bankId)) return false;
  const candidate = roster.of(guest).find(current.candidateId);
  const grant = current.grant && grants.find(current.grant);
  if (!candidate || (current.grant && !grant)) return false;
  seat.execute({ kind: 'close', reason: 'moved' });
  seat.leave();
  sitDown(parts, { candidate, ...(grant ? { grant } : {}), by: current.identifiedBy, begun });
  return true;
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

/** The center hears of what counts that it began here, and that it is over. @returns whether that is anything new to tell */
function noteBeginning({ seat, beginnings }: Pick<Moving, 'seat'> & { readonly beginnings: Beginnings }): boolean {
  const { current } = seat;
  const { id, candidateId, exam, grant, continues } = current ?? {};
  const runs = current !== undefined && isUnderWay(current);
  const isOver = beginnings.overBut(runs ? id : undefined);
  if (!id || !candidateId || !runs || continues || exam?.mode !== 'formal' || candidateId.startsWith(VISITOR_ID))
    return isOver;
  const guest = guestOf(current);
  const under = { ...(grant ? { grant } : {}), ...(guest ? { guest } : {}) };
  return beginnings.begin({ sitting: id, candidate: candidateId, exam: exam.id, ...under }) || isOver;
}

/** Finishes what a crash cut short, and keeps moves in order from then on. */
export function keepMoves(
  parts: Moving & SittingDown & { readonly claims: Claims; readonly beginnings: Beginnings },
): MoveKeeper {
  const { seat, arrivals, departures, claims, identity, log } = parts;
  depart({ departures, log, onReady: () => undefined });
  let spent: SittingId | undefined;
  /** Which sitting runs here, as far as was noted. While it does, no answer of it makes anything new to tell. */
  let noted: SittingId | 'none' | undefined;
  const spend = ({ continues, form, grant }: Sitting): void => {
    if (!continues || !form || spent === continues.sitting) return;
    if (continues.from !== identity.enrolment?.stationId) arrivals.use(continues.sitting);
    // Also where it comes back by way of another station.
    for (const one of [continues.sitting, continues.root]) departures.takeBack(one);
    claims.add(continues.sitting, grant);
    parts.onReady();
    spent = continues.sitting;
  };
  const guarded = (work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log.error({ error: String(error) }, 'moving');
    }
  };
  const noteOnce = (): void => {
    const { current } = seat;
    const runs = current && isUnderWay(current) ? current.id : 'none';
    if (noted === runs) return;
    if (noteBeginning(parts)) parts.onReady();
    noted = runs;
  };
  const changed = guarded(() => {
    if (seat.current) spend(seat.current);
    noteOnce();
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
    if (isSpent(parts, sitting) || wentOnTwice(parts, sitting)) tell(seat, 'sat-twice');
  });
  changed();
  came();
  return { changed, came, heard };
}

/** A proctor should know, once here; what was told at another station came along and was about that. */
function tell(seat: CurrentSitting, reason: 'begun-elsewhere' | 'sat-twice'): void {
  const { incidents = [], continues } = seat.current ?? {};
  const before = new Set(continues?.incidents.map(({ id }) => id));
  if (incidents.some((incident) => incident.reason === reason && !before.has(incident.id))) return;
  seat.execute({ kind: 'note', reason, incidentId: newIncidentId() });
}

/** Somebody sits a new paper whose first one, begun elsewhere, came only now. */
function tellOfLate(parts: Moving): void {
  const { seat } = parts;
  const { current } = seat;
  if (!current || current.continues || !isUnderWay(current)) return;
  const begun = waitingHere(parts, current.candidateId, guestOf(current));
  if (begun?.exam.id === current.exam.id) tell(seat, 'begun-elsewhere');
}
