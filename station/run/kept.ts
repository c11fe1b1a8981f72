import { join } from 'node:path';
import { partOfSeat, type Solver } from '../../authoring/drawing/index.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import type { DataFolder } from '../core/data-folder/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openCommands } from '../keep/commands/index.ts';
import { openEvidenceStore } from '../keep/evidence/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openMistakeBook } from '../keep/mistakes/index.ts';
import { openArrivals, openClaims, openDepartures } from '../keep/moves/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { openFormIssuer } from '../keep/papers/index.ts';
import { openPasses } from '../keep/passes/index.ts';
import { openProctors, openUnlockCodes, type Recovery } from '../keep/proctors/index.ts';
import { openRoster } from '../keep/roster/index.ts';

export type Kept = ReturnType<typeof openKept>;

/** Everything a station keeps, each by its owner. */
export function openKept(
  folder: DataFolder,
  recovery: Recovery,
  { solver, seat }: { readonly solver: Solver | undefined; readonly seat: SeatLabel | undefined },
) {
  const { database, clock, ledger, path } = folder;
  const vault = folder.vault();
  const identity = openIdentity(database, vault);
  const roster = openRoster(database, vault);
  return {
    clock,
    ledger,
    identity,
    roster,
    banks: openBankStore(database, vault),
    forms: openFormIssuer(database, vault, clock, { solver, part: seat && partOfSeat(seat) }),
    evidence: openEvidenceStore(folder.pictures(), vault),
    mistakes: openMistakeBook(database, vault, clock),
    passes: openPasses(database, clock),
    arrivals: openArrivals(database, vault, identity, clock),
    departures: openDepartures({ database, ledger, identity, roster, folder: join(path, 'rescue') }),
    claims: openClaims(database),
    commands: openCommands(database, identity, roster, clock),
    outbox: openOutbox(database, clock),
    proctors: openProctors(() => roster.proctors, clock, database, recovery),
    codes: openUnlockCodes(() => roster.assignment?.sessions ?? [], clock, database),
  };
}
