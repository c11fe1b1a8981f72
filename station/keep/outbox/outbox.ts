import type { Receipt } from '../../../contract/records/batches.ts';
import type { ExamRecord } from '../../../contract/records/index.ts';
import type { LogProof } from '../../../contract/records/log-proof.ts';
import type { GrantId, Instant, Sha256, SittingId, StationId, TenantId } from '../../../contract/words/ids.ts';
import type { PublicKey } from '../../../contract/words/keys.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { OutgoingBatch, Signer } from '../../../proof/index.ts';
import type { Grants } from '../grants/index.ts';
import type { ResultFacts } from './results.ts';
import type { AsideRow, Of } from './tables.ts';

/** Signed records on their way up. Nothing is dropped before the center's receipt is here, and nothing after it either. */
export type Outbox = {
  /** Keeps a record; the same sitting twice is the same record. @returns its hash */
  add(record: ExamRecord): Sha256;
  /** Puts records of one firm that are in no batch yet into a new one, signed and chained to the last. */
  seal(stationId: StationId, signer: Signer): Promise<void>;
  /** Batches without a receipt, oldest first, at most so many. */
  waiting(most?: number): readonly OutgoingBatch[];
  settle(batch: OutgoingBatch, receipt: Receipt): void;
  /**
   * Takes a batch back that the center will not log as it is, and those that follow it: another with its number goes instead,
   * with half its records. One that was alone in its batch is set aside until `againMs` from now.
   */
  refuse(
    batch: OutgoingBatch,
    why: { readonly reason: Reason; readonly detail?: string | undefined },
    againMs: number,
  ): void;
  /** Takes a batch back whole, and those that follow it: they go again, signed anew. */
  takeBack(batch: OutgoingBatch): void;
  /** Batches that were taken back and had the number of this one, newest first. */
  replacedBy(batch: OutgoingBatch): readonly OutgoingBatch[];
  /** The center had logged a batch all the same that was taken back: it is as if it never had been. */
  reinstate(batch: OutgoingBatch, receipt: Receipt): void;
  /** Records that wait for the center, without those that are set aside. */
  readonly waitingRecords: number;
  /** Whether the center has not said yet that it logged every record of this firm. */
  awaits(tenant: TenantId): boolean;
  /** How all of it stands. */
  readonly results: ResultFacts;
  /** Records that the center refused, oldest first. */
  setAside(): readonly SetAside[];
  /** Has each of them tried again at the next turn. @returns which */
  resend(): readonly SetAside[];
  receiptOf(sitting: SittingId): 'waiting' | 'verified';
  /** A record as it was written down, from when it was. */
  recordOf(sitting: SittingId): ExamRecord | undefined;
  /**
   * One batch as a file anybody can check, with the grants its records name.
   * @param certificate of its key; of each key that the station had, the newest first, where it had several
   */
  proofFile(
    number: number,
    certificate: string | readonly string[],
    centerKey: PublicKey,
    grants?: Pick<Grants, 'jwsOf'>,
  ): string | undefined;
  /** Logged batches of which the log was not looked at yet, or not for a while: witnesses come later than receipts. */
  unshown(): readonly UnshownBatch[];
  /** Where the log has what this batch rests on, as it was checked: it goes into the proof. Nothing where it could not be shown now. */
  show(number: number, log: LogProof | undefined): void;
  batchOf(sitting: SittingId): number | undefined;
  /** What this candidate sat of this exam here that the center had not logged before `since`. */
  attempts(of: Of, since: Instant): readonly SittingId[];
};

/** A batch that the center logged, and the grants its records name. */
export type UnshownBatch = {
  readonly number: number;
  readonly header: string;
  readonly receipt: Receipt;
  readonly grants: readonly GrantId[];
};

/** Why the center refused, and what it said besides. */
export type Refused = { readonly reason: Reason; readonly detail?: string | undefined };

/** A record that the center refused by itself, in its own words. */
export type SetAside = Readonly<AsideRow>;
