import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Instant, instant } from '../../contract/words/ids.ts';
import type { Clock } from '../../station/core/clock/index.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openLedger } from '../../station/core/ledger/index.ts';
import { openCurrentSitting, openPulse, SittingEvent } from '../../station/core/sitting/index.ts';
import { keyFromFile, openVault } from '../../station/core/vault/index.ts';
import { openBankStore } from '../../station/keep/banks/index.ts';
import { openEvidenceStore } from '../../station/keep/evidence/index.ts';
import { openIdentity } from '../../station/keep/identity/index.ts';
import { openStudies } from '../../station/keep/learning/index.ts';
import { openMistakeBook } from '../../station/keep/mistakes/index.ts';
import { openArrivals, openBeginnings, openClaims, openDepartures } from '../../station/keep/moves/index.ts';
import { openOutbox } from '../../station/keep/outbox/index.ts';
import { openFormIssuer } from '../../station/keep/papers/index.ts';
import { openPasses } from '../../station/keep/passes/index.ts';
import { openProctors } from '../../station/keep/proctors/index.ts';
import { openRoster } from '../../station/keep/roster/index.ts';
import { openSharedRecovery } from '../../station/run/set-up.ts';

/** A clock that stands at a moment of its choosing, so that what was made years ago is opened in its own time. */
export type SetClock = Clock & { pass(ms: number): void };

export function clockAt(moment: string, boot: string): SetClock {
  let passed = 0;
  return {
    boot,
    wall: (): Instant => instant(new Date(Date.parse(moment) + passed)),
    monotonic: () => passed,
    pass(ms) {
      passed += ms;
    },
  };
}

/** All that a station keeps in its folder, opened as the station opens it. */
export function openData(data: string, clock: Clock) {
  const file = join(data, 'station.db');
  const key = keyFromFile(join(data, 'vault.key'), { mayCreate: !existsSync(file) });
  const [database, pictures] = [openDatabase(file), openDatabase(join(data, 'evidence.db'))];
  const vault = openVault(key);
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const [identity, roster] = [openIdentity(database, vault), openRoster(database, vault)];
  const recovery = openSharedRecovery(database, data);
  return {
    ...{ clock, ledger, identity, roster, recovery },
    proctors: openProctors(() => roster.proctors, clock, database, recovery),
    seat: openCurrentSitting(ledger, clock, { pulse: openPulse(database), host: 'kiosk' }),
    banks: openBankStore(database, vault),
    forms: openFormIssuer(database, vault, clock),
    outbox: openOutbox(database, clock),
    evidence: openEvidenceStore(pictures, vault),
    passes: openPasses(database, clock),
    mistakes: openMistakeBook(database, vault, clock),
    studies: openStudies(database, vault),
    arrivals: openArrivals(database, vault, identity, clock),
    departures: openDepartures({ database, ledger, identity, roster, folder: join(data, 'rescue') }),
    claims: openClaims(database),
    beginnings: openBeginnings(database),
    [Symbol.dispose]() {
      // Closed last, a database takes its log into itself: one file is all there is of it.
      for (const one of [database, pictures]) one.close();
    },
  };
}

export type OpenData = ReturnType<typeof openData>;
