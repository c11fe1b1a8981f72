import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import type { CandidateId, SittingId } from '../../contract/words/ids.ts';
import { canonicalJson } from '../../proof/index.ts';
import type { Clock } from '../core/clock/index.ts';
import { openDataFolder } from '../core/data-folder/index.ts';
import type { Database } from '../core/database/index.ts';
import type { Entry } from '../core/ledger/index.ts';
import type { SittingEvent } from '../core/sitting/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { type FormerKey, formerKeys, keyChangeStands, readEnrolment, wishKeyChange } from '../keep/identity/index.ts';
import { openLogHeads } from '../keep/log-heads/index.ts';
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
  /** Every head of the center's log that was kept, in its signature: one JSON document, which needs no key. Nothing before the first. */
  heads(): string | undefined;
  sittings(): readonly SittingId[];
  entries(sitting: SittingId): readonly Entry<SittingEvent>[];
  batchOf(sitting: SittingId): number | undefined;
  receiptOf(sitting: SittingId): 'waiting' | 'verified';
  /** Results that the center refused. */
  setAside(): readonly SetAside[];
  /** Has them sent again at the next turn of the station. */
  resend(): readonly SetAside[];
  /** Which keys the station had before, the newest first; and whether it is to change the present one. */
  readonly keys: { readonly former: readonly FormerKey[]; readonly change: ReturnType<typeof keyChangeStands> };
  /** Has it change its key at its next turn. */
  wishKeyChange(): void;
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
      const certificates = [enrolment, ...formerKeys(database)].map(({ certificate }) => certificate);
      const text = outbox.proofFile(number, certificates, enrolment.centerKey, grants);
      return text ? { number, text } : undefined;
    },
    heads: () => headsFile(database, clock),
    sittings: ledger.sittings,
    entries: ledger.ofSitting,
    batchOf: outbox.batchOf,
    receiptOf: outbox.receiptOf,
    setAside: outbox.setAside,
    resend: outbox.resend,
    get keys() {
      return { former: formerKeys(database), change: keyChangeStands(database) };
    },
    wishKeyChange: () => wishKeyChange(database, clock.wall()),
    arrivals: () => countArrivals(database),
    templates: () => templateOwners(database),
    firstBroken: ledger.firstBroken,
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}

/** Two signed heads that contradict each other prove by themselves what the center did, to whoever has its key. */
function headsFile(database: Database, clock: Clock): string | undefined {
  const centerKey = readEnrolment(database)?.centerKey;
  const heads = openLogHeads(database, clock);
  if (!centerKey || !heads.last) return undefined;
  const contradictions = heads
    .contradictions()
    .map(({ why, foundAt, first, second }) => ({ why, foundAt, first: first.text, second: second.text }));
  const kept = { last: heads.last.text, unproven: heads.held().map(({ text }) => text), contradictions };
  return `${canonicalJson({ format: 'exam-station/log-heads@1', centerKey, ...kept })}\n`;
}
