import type { Instant, TenantId } from '../../../contract/words/ids.ts';
import type { Database } from '../../core/database/index.ts';
import { type BankStore, banksEraser } from '../banks/index.ts';
import type { Grants } from '../grants/index.ts';
import { studiesEraser } from '../learning/index.ts';
import { mistakesEraser } from '../mistakes/index.ts';
import { arrivalsEraser, beginningsEraser, type Departures, departuresEraser } from '../moves/index.ts';
import type { Outbox } from '../outbox/index.ts';
import { passesEraser } from '../passes/index.ts';
import { type Roster, rosterEraser } from '../roster/index.ts';
import { keyEraser, type TenantKeys } from '../tenant-keys/index.ts';

/**
 * Erases what is kept of a firm that used this station by a grant: roster with templates, books of mistakes and of courses, passes, exams that
 * began, came and left, the banks that only it used, and the key that sealed the rest. What stays: the ledger and signed records, which
 * hold neither name nor number, and pictures, each until its own time is over. Needs no key.
 * @param rescueFolder where files lie that somebody could carry away
 */
export function eraseGuest(database: Database, rescueFolder: string, guest: TenantId): void {
  const erasers = [
    ...[rosterEraser(database), mistakesEraser(database), studiesEraser(database)],
    ...[passesEraser(database), arrivalsEraser(database), beginningsEraser(database)],
    ...[departuresEraser(database, rescueFolder), banksEraser(database), keyEraser(database)],
  ];
  const eraseAll = database.transaction(() => {
    for (const erase of erasers) erase(guest);
  });
  eraseAll.immediate();
  // What was overwritten must not lie in the log any more.
  database.pragma('wal_checkpoint(TRUNCATE)');
}

export type GuestParts = {
  readonly database: Database;
  readonly rescueFolder: string;
  readonly grants: Grants;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly keys: TenantKeys;
  readonly outbox: Outbox;
  readonly departures: Departures;
};

/**
 * Erases every firm whose grants are over and whose results and moved exams the center has. For a moment at which nobody sits.
 * @returns which
 */
export function eraseGuestsThatAreOver(parts: GuestParts, now: Instant): readonly TenantId[] {
  const { roster, banks, keys, grants, outbox, departures } = parts;
  // What was under way when a firm was erased may have left something since.
  const here = new Set([...roster.guests(), ...banks.guests(), ...keys.tenants()]);
  const over = [...here].filter(
    (guest) => !grants.isOpen(guest, now) && !outbox.awaits(guest) && !departures.awaits(guest),
  );
  for (const guest of over) {
    eraseGuest(parts.database, parts.rescueFolder, guest);
    // What is gone from the disk is not to be answered out of memory.
    roster.forget(guest);
    banks.forget();
    keys.forget(guest);
  }
  return over;
}
