import { z } from 'zod';
import type { SittingId } from '../../contract/words/ids.ts';
import { isDataFolder, openDataFolder } from '../core/data-folder/index.ts';
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
  if (!isDataFolder(data)) return undefined;
  const folder = openDataFolder(data, 'only-look');
  try {
    const ledger = openLedger(folder.database, folder.clock, (event) => AnyEvent.parse(event));
    const last = ledger.sittings().at(-1);
    const over = !last || ledger.ofSitting(last).some(({ event }) => LAST.has(event.type));
    return over ? undefined : last;
  } finally {
    folder[Symbol.dispose]();
  }
}
