import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import type { CandidateId, SittingId } from '../../contract/words/ids.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import type { Entry } from '../core/ledger/index.ts';
import type { SittingEvent } from '../core/sitting/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { readEnrolment } from '../keep/identity/index.ts';
import { countArrivals } from '../keep/moves/index.ts';
import { openOutbox, type SetAside } from '../keep/outbox/index.ts';
import { templateOwners } from '../keep/roster/index.ts';

/**
 * A look into a station's data folder from outside, while it runs or when it does not. It needs no key: what it reads is
 * not secret.
 */
export type Archive = Disposable & {
  /** What the center said of this station; nothing before it enrolled. */
  readonly enrolment: EnrolReply | undefined;
  /** One batch, the newest without a number, as the file `verify` reads. */
  proofFile(batch?: number): { readonly number: number; readonly text: string } | undefined;
  sittings(): readonly SittingId[];
  entries(sitting: SittingId): readonly Entry<SittingEvent>[];
  batchOf(sitting: SittingId): number | undefined;
  receiptOf(sitting: SittingId): 'waiting' | 'verified';
  /** Results that the center refused. */
  setAside(): readonly SetAside[];
  /** Has them sent again at the next turn of the station. */
  resend(): readonly SetAside[];
  /** How many sittings of other stations came here. */
  arrivals(): number;
  /** Whose face templates are kept here. */
  templates(): readonly CandidateId[];
  /** First entry of the ledger whose hash does not follow from the one before. */
  firstBroken(): number | undefined;
};

/** @throws Refusal `data-missing` */
export function openArchive(data: string): Archive {
  const folder = openDataFolder(data, 'beside');
  const { database, clock, ledger } = folder;
  const outbox = openOutbox(database, clock);
  const grants = openGrants(database, () => readEnrolment(database));
  return {
    enrolment: readEnrolment(database),
    proofFile(batch) {
      const number =
        batch ??
        ledger
          .sittings()
          .flatMap((sitting) => outbox.batchOf(sitting) ?? [])
          .at(-1);
      const enrolment = readEnrolment(database);
      if (!number || !enrolment) return undefined;
      const text = outbox.proofFile(number, enrolment.certificate, enrolment.centerKey, grants);
      return text ? { number, text } : undefined;
    },
    sittings: ledger.sittings,
    entries: ledger.ofSitting,
    batchOf: outbox.batchOf,
    receiptOf: outbox.receiptOf,
    setAside: outbox.setAside,
    resend: outbox.resend,
    arrivals: () => countArrivals(database),
    templates: () => templateOwners(database),
    firstBroken: ledger.firstBroken,
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}
