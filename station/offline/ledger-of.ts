import { z } from 'zod';
import { LedgerHead } from '../../contract/station-center/center-api.ts';
import { Sha256, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import type { Stretch } from '../core/ledger/index.ts';
import { readEnrolment } from '../keep/identity/index.ts';

/** A line of a station's ledger that somebody else has seen. */
export type Witnessed = LedgerHead & { readonly stationId: StationId };

export type LedgerFound = {
  readonly stationId: StationId | undefined;
  readonly lines: number;
  readonly head: Sha256;
  /** The first line that does not follow the one before it. */
  readonly broken: number | undefined;
  /** How many of the lines that were seen elsewhere are of this station. */
  readonly compared: number;
  /** Those that are another one here, or are not there. */
  readonly missed: readonly (LedgerHead & { readonly here: Sha256 | undefined })[];
};

/**
 * Goes over the ledger in a data folder, and holds it against lines that were seen elsewhere. Nothing in the folder is changed.
 * @throws Refusal `data-missing`, `data-damaged`
 */
export function ledgerOf(data: string, witnessed: readonly Witnessed[] = []): LedgerFound {
  const folder = openDataFolder(data, 'only-look');
  try {
    const { ledger, database } = folder;
    const stationId = readEnrolment(database)?.stationId;
    const { sequence, hash } = ledger.head();
    const ours = witnessed.filter((one) => one.stationId === stationId);
    const missed = ours.flatMap((one) => {
      const here = ledger.hashAt(one.sequence);
      return here === one.head ? [] : [{ sequence: one.sequence, head: one.head, here }];
    });
    const broken = ledger.firstBroken();
    return { stationId, lines: sequence, head: hash, broken, compared: ours.length, missed };
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Some lines as they were hashed, for whoever checks that one head leads to another. @throws Refusal `data-missing`, `data-damaged` */
export function ledgerStretch(data: string, first: number, last: number): Stretch {
  const folder = openDataFolder(data, 'only-look');
  try {
    return folder.ledger.stretch(first, last);
  } finally {
    folder[Symbol.dispose]();
  }
}

/** A record, and where one says that it began. */
const OfRecord = z.object({ stationId: StationId, ledger: LedgerHead });
/** As a center says them. */
const Head = z.object({ stationId: StationId, sequence: z.int().min(1), head: Sha256 });

/**
 * Every line of a ledger that a file names, whatever it is: records, batches and proof files, and lists of heads. What is in
 * none of these forms is passed over.
 * @throws Refusal `bad-message` where it is no JSON
 */
export function witnessedIn(text: string): readonly Witnessed[] {
  const found: Witnessed[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { data: record } = OfRecord.safeParse(value);
    if (record) found.push({ stationId: record.stationId, ...record.ledger });
    const { data: head } = Head.safeParse(value);
    if (head) found.push(head);
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(parsed(text));
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('bad-message', String(error));
  }
}
