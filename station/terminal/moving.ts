import type { AssignedStation } from '../../contract/center-api.ts';
import type { CandidateId, ExamId, StationId } from '../../contract/ids.ts';
import { instant, type SittingId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { Proctored, Sitting } from '../sitting/index.ts';
import type { TerminalParts } from './parts.ts';

/** For so long whoever was moved away cannot begin anew where they left. */
const AWAY_MS = 12 * 3_600_000;

/** The stations a sitting may be moved to. */
export const otherStations = ({ roster, identity }: TerminalParts): readonly AssignedStation[] =>
  (roster.assignment?.stations ?? []).filter(({ id }) => id !== identity.enrolment?.stationId);

/**
 * Ends the sitting here and makes the file with which it goes on there.
 * @throws Refusal `station-unknown`, `not-allowed-now`
 */
export function moveAway(parts: TerminalParts, to: StationId, who: Proctored & { readonly note: string }): void {
  if (!otherStations(parts).some(({ id }) => id === to)) throw new Refusal('station-unknown', to);
  parts.seat.execute({ kind: 'move', to, ...who });
  const sitting = parts.seat.current?.id;
  if (sitting) depart(parts, sitting);
}

/** What cannot be written now (a full disk) is made at the next start: the ledger has all of it. */
function depart({ departures, log, onRecord }: TerminalParts, sitting: SittingId): void {
  try {
    departures.add(sitting);
    onRecord();
  } catch (error) {
    log.error({ error: String(error), sitting }, 'no rescue file');
  }
}

/** What this candidate had begun elsewhere, if it can go on here. @throws Refusal `no-exam` where its items are not here yet */
export function continuationFor({ arrivals, banks }: TerminalParts, candidate: CandidateId) {
  const carried = arrivals.waitingFor(candidate);
  if (carried && !banks.has(carried.continues.form.bankId)) throw new Refusal('no-exam', 'its items are not here yet');
  return carried;
}

/** @throws Refusal `moved` where this exam of theirs goes on elsewhere */
export function mustNotBeAway({ departures, clock }: TerminalParts, candidate: CandidateId, exam: ExamId): void {
  const since = instant(new Date(Date.parse(clock.wall()) - AWAY_MS));
  if (departures.hasLeft(candidate, exam, since)) throw new Refusal('moved');
}

/**
 * Finishes what a crash cut short, and from then on spends the file of whatever goes on here.
 * @returns what to call after each change
 */
export function tendMoves(parts: TerminalParts): () => void {
  const { ledger, seat, arrivals } = parts;
  const last = ledger.sittings().at(-1);
  if (last) depart({ ...parts, onRecord: () => undefined }, last);
  let spent: SittingId | undefined;
  const spend = ({ continues, form }: Sitting): void => {
    if (!continues || !form || spent === continues.sitting) return;
    arrivals.use(continues.sitting);
    spent = continues.sitting;
  };
  const tend = (): void => {
    if (seat.current) spend(seat.current);
  };
  tend();
  return tend;
}
