import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SittingId } from '../../contract/words/ids.ts';
import { systemClock } from '../core/clock/index.ts';
import { isLocked, openReadOnly } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import type { SittingEvent } from '../core/sitting/index.ts';

/** Whatever else another version of this program wrote down of an event, it has a type. */
const AnyEvent = z.looseObject({ type: z.string() });

/** What every sitting ends with: see the stages `recorded` and `closed`. */
const LAST: ReadonlySet<string> = new Set<SittingEvent['type']>(['recorded', 'moved', 'closed']);

/**
 * The sitting that is not over in a station's data folder, also while nothing runs there: it is taken up at the next start.
 * Only looks, and understands what any version wrote: whoever went back to an older one must be able to leave it again.
 * @throws Refusal `data-damaged`
 */
export function sittingNotOver(data: string): SittingId | undefined {
  const file = join(data, 'station.db');
  if (!existsSync(file)) return undefined;
  const database = openReadOnly(file);
  try {
    const ledger = openLedger(database, systemClock(), (event) => AnyEvent.parse(event));
    const last = ledger.sittings().at(-1);
    const over = !last || ledger.ofSitting(last).some(({ event }) => LAST.has(event.type));
    return over ? undefined : last;
  } finally {
    database.close();
  }
}

/** Whether a station runs on the folder. */
export const stationRunsOn = (data: string): boolean => existsSync(data) && isLocked(data);
