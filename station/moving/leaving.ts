import type { SittingId, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { guestOf, proctored } from '../core/sitting/index.ts';
import { type Carried, carriedFrom } from '../keep/moves/index.ts';
import type { Explained, Moving, Whereabouts } from './parts.ts';
import { mustBeKnown } from './stations.ts';
import type { Away } from './whereabouts.ts';

/**
 * Ends the sitting here and makes the file with which it goes on there.
 * @throws Refusal `station-unknown`, `not-allowed-now`
 */
export function moveAway(parts: Moving, to: StationId, who: Explained): void {
  mustBeKnown(parts, to, guestOf(parts.seat.current));
  parts.seat.execute({ kind: 'move', to, ...who });
  depart(parts);
}

/**
 * A sitting that left, to another station than the one that could not take it. Asked again, nothing changes.
 * @throws Refusal `station-unknown`
 */
export function sendOn(parts: Moving, sitting: SittingId, to: StationId, who: Explained): void {
  const before = parts.ledger.ofSitting(sitting);
  const opened = before[0]?.event;
  mustBeKnown(parts, to, opened?.type === 'opened' ? guestOf(opened) : undefined);
  const done = before.some(({ event }) => event.type === 'moved' && who.act !== undefined && event.act === who.act);
  if (!done) parts.ledger.append(sitting, [{ type: 'moved', to, ...proctored(who), note: who.note }]);
  depart(parts);
}

/** What cannot be written now (a full disk) is made later: the ledger has all of it. */
export function depart({ departures, log, onReady }: Pick<Moving, 'departures' | 'log' | 'onReady'>): void {
  try {
    departures.catchUp();
    onReady();
  } catch (error) {
    log.error({ error: String(error) }, 'no rescue file');
  }
}

/** What was moved away, as it goes on here after all. @throws Refusal `not-allowed-now` where it did not leave from here */
export function comeBack(
  { ledger, identity }: Pick<Whereabouts, 'ledger' | 'identity'>,
  { sitting }: Pick<Away, 'sitting'>,
): Carried {
  const from = identity.enrolment?.stationId;
  if (!sitting || !from) throw new Refusal('not-allowed-now', 'it did not leave from here, or has gone on already');
  return carriedFrom(from, ledger.ofSitting(sitting));
}
