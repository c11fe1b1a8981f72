import { join } from 'node:path';
import type { SittingId, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type DataFolder, openDataFolder } from '../core/data-folder/index.ts';
import { guestOf, openCurrentSitting, openPulse, replay, type SittingEvent } from '../core/sitting/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openDepartures } from '../keep/moves/index.ts';
import { mustHaveDigits, openProctors, openRecovery, patiently, WITH_CODE } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';

export type RescueOrder = {
  readonly to: StationId;
  /** A proctor's, or the recovery code. */
  readonly pin: string;
  readonly note: string;
  /** One that was moved before, to a station that could not take it, or whose file is lost; else whoever sat here last. */
  readonly sitting?: SittingId | undefined;
};
export type Rescued = { readonly sitting: SittingId; readonly answers: number; readonly file: Uint8Array };

/**
 * Moves a sitting out of the data folder of a station that does not run any more, as a proctor there would have done.
 * @throws Refusal `data-missing`, `station-running`, `key-missing`, `pin-wrong`, `pin-short`, `station-unknown`, `not-allowed-now` where
 * nobody sits an exam there
 */
export async function rescueFrom(data: string, order: RescueOrder): Promise<Rescued> {
  const folder = openDataFolder(data, 'alone');
  try {
    return await rescue(folder, order);
  } finally {
    folder[Symbol.dispose]();
  }
}

async function rescue(folder: DataFolder, { to, pin, note, sitting }: RescueOrder): Promise<Rescued> {
  const { path, database, clock, ledger } = folder;
  const vault = folder.vault();
  const [identity, roster] = [openIdentity(database, vault), openRoster(database, vault)];
  const meant = sitting ?? ledger.sittings().at(-1);
  const sat = meant && replay(ledger.ofSitting(meant));
  const guest = sat ? guestOf(sat) : undefined;
  const { stations } = roster.of(guest).assignment ?? {};
  const known = stations?.some(({ id }) => id === to) && to !== identity.enrolment?.stationId;
  if (!known) throw new Refusal('station-unknown', to);
  const proctors = openProctors(roster.everyProctor, clock, database, openRecovery(database, path));
  const proctor = await patiently(() => proctors.authorise(pin, guest));
  const { id: by } = proctor;
  if (sat) mustHaveDigits(proctor, sat.exam);
  if (guest && by === WITH_CODE.id)
    throw new Refusal('not-allowed-now', 'this is for a proctor of the firm whose exam it is');
  const seat = openCurrentSitting(ledger, clock, { pulse: openPulse(database) });
  const leaves = sitting ?? seat.current?.id;
  if (!leaves) throw new Refusal('not-allowed-now', 'nobody sits here; --sitting names one that was moved before');
  const departures = openDepartures({ database, ledger, identity, roster, folder: join(path, 'rescue') });
  departures.catchUp();
  if (!departures.fileOf(leaves, to)) {
    if (seat.current?.id === leaves) seat.execute({ kind: 'move', to, by, note });
    else if (wasMoved(ledger.ofSitting(leaves))) ledger.append(leaves, [{ type: 'moved', to, by, note }]);
    else throw new Refusal('not-allowed-now', `${leaves} is over`);
    departures.catchUp();
  }
  const file = departures.fileOf(leaves, to);
  if (!file) throw new Refusal('internal', `no file was made of ${leaves}`);
  return { sitting: leaves, answers: replay(ledger.ofSitting(leaves))?.answers.size ?? 0, file };
}

const wasMoved = (entries: readonly { readonly event: SittingEvent }[]): boolean =>
  entries.some(({ event }) => event.type === 'moved');
