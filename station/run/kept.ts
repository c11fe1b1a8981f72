import { join } from 'node:path';
import { partOfSeat, type Solver } from '../../authoring/drawing/index.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import type { DataFolder } from '../core/data-folder/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openCenterTime } from '../keep/center-time/index.ts';
import { openCommands } from '../keep/commands/index.ts';
import { openEvidenceStore } from '../keep/evidence/index.ts';
import { openEvidenceWishes } from '../keep/evidence-wishes/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { eraseFormerKeys, openIdentity } from '../keep/identity/index.ts';
import { openStudies } from '../keep/learning/index.ts';
import { openLogHeads } from '../keep/log-heads/index.ts';
import { openMediaStore } from '../keep/media/index.ts';
import { openMistakeBook } from '../keep/mistakes/index.ts';
import { arrivingGuests, openArrivals, openBeginnings, openClaims, openDepartures } from '../keep/moves/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { openFormIssuer } from '../keep/papers/index.ts';
import { openPasses } from '../keep/passes/index.ts';
import { openProctors, openUnlockCodes, type Recovery } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { openTenantKeys } from '../keep/tenant-keys/index.ts';

export type Kept = ReturnType<typeof openKept>;

/** Everything a station keeps, each by its owner. */
export function openKept(
  folder: DataFolder,
  recovery: Recovery,
  { solver, seat }: { readonly solver: Solver | undefined; readonly seat: SeatLabel | undefined },
) {
  const { database, clock, ledger, path } = folder;
  const vault = folder.vault();
  eraseFormerKeys(database, clock.wall());
  const identity = openIdentity(database, vault);
  const keys = openTenantKeys(database, vault);
  const roster = openRoster(database, vault, keys);
  const grants = openGrants(database, () => identity.enrolment);
  const rescueFolder = join(path, 'rescue');
  return {
    database,
    rescueFolder,
    clock,
    ledger,
    identity,
    keys,
    grants,
    roster,
    banks: openBankStore(database, vault),
    forms: openFormIssuer(database, vault, clock, { solver, part: seat && partOfSeat(seat) }),
    evidence: openEvidenceStore(folder.pictures(), vault),
    evidenceWishes: openEvidenceWishes(database),
    mistakes: openMistakeBook(database, vault, clock, keys),
    studies: openStudies(database, vault, keys),
    media: openMediaStore(path),
    passes: openPasses(database, clock),
    arrivals: openArrivals(database, vault, identity, clock, arrivingGuests(roster, grants, keys, clock)),
    departures: openDepartures({ database, ledger, identity, roster, folder: rescueFolder }),
    claims: openClaims(database),
    beginnings: openBeginnings(database),
    centerTime: openCenterTime(database),
    commands: openCommands(database, identity, roster, clock),
    outbox: openOutbox(database, clock),
    logHeads: openLogHeads(database, clock),
    proctors: openProctors(roster.everyProctor, clock, database, recovery),
    codes: openUnlockCodes((guest) => roster.of(guest).assignment?.sessions ?? [], clock, database),
  };
}
