import type { z } from 'zod';
import type { Batch, BatchHeader, ProofFile } from '../contract/records/batches.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import type { LogProof } from '../contract/records/log-proof.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { type Hash, headOfLeaves, leafHash } from './merkle.ts';

/** Canonical JSON, RFC 8785: the text that is signed, stored and sent. */
export type Canonical = string & z.$brand<'Canonical'>;

/** The text of a record, and its hash as a leaf of a tree: all that signing, sending and a receipt ask for. */
export type SealedText = { readonly text: Canonical; readonly leaf: Hash };
export type SealedRecord = SealedText & { readonly record: ExamRecord };
/** A batch whose records were made canonical once, where it came in. */
export type SealedBatch = { readonly header: string; readonly records: readonly SealedRecord[] };
/** A batch as its station keeps it: what its records say, nobody asks on the way. */
export type OutgoingBatch = { readonly id: Sha256; readonly header: string; readonly records: readonly SealedText[] };

export const batchId = ({ header }: { readonly header: string }): Sha256 => sha256(header);

/** @throws Error where the record holds text that is no Unicode */
export function sealRecord(record: ExamRecord): SealedRecord {
  const text = canonicalJson(record) as Canonical;
  return { record, text, leaf: leafHash(text) };
}

/** What {@link sealRecord} once made, as it was stored since. */
export const sealedText = (stored: string): SealedText => ({ text: stored as Canonical, leaf: leafHash(stored) });

/**
 * RFC 8785 has no form for half a surrogate pair, which JSON lets through: hostile input is a case, not an exception.
 * @returns nothing where a record has none
 */
export function sealBatch({ header, records }: Batch): SealedBatch | undefined {
  try {
    return { header, records: records.map(sealRecord) };
  } catch {
    return undefined;
  }
}

/** The tree head that a station signs. */
export const rootOfRecords = async (records: readonly Pick<SealedText, 'leaf'>[]): Promise<BatchHeader['root']> =>
  Buffer.from(await headOfLeaves(records.map(({ leaf }) => leaf))).toString('hex') as BatchHeader['root'];

type Texts = { readonly header: string; readonly records: readonly { readonly text: Canonical }[] };

/** A batch as canonical JSON, out of records that are. Keys are in their order. */
export const batchText = ({ header, records }: Texts): Canonical =>
  `{"format":"exam-station/batch@1","header":${canonicalJson(header)},"records":[${records.map(({ text }) => text).join(',')}]}` as Canonical;

/**
 * What goes into a proof file besides the batch. `grants`: those its records name. An `@3` where it shows the log; where it does not,
 * an `@4` with `keys`, an `@1` without, where the records name no grant.
 */
export type ProofParts = Pick<ProofFile, 'centerKey' | 'certificate' | 'receipt'> & {
  readonly batch: Texts;
  readonly grants?: readonly string[] | undefined;
  readonly log?: LogProof | undefined;
  /** Certificates of keys that the station had before. They stand before `keys`, of the center, where the log is shown or there are such. */
  readonly former?: readonly string[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly revocations?: readonly string[] | undefined;
};

/** A proof file, with the line end it is written with. */
export function proofFileText({ batch, log, grants = [], former = [], keys = [], ...more }: ProofParts): string {
  const { centerKey, certificate, receipt, revocations = [] } = more;
  const said = { centerKey, certificate, receipt };
  const all = [...former, ...keys];
  const rest = canonicalJson(
    log && receipt
      ? { format: 'exam-station/proof@3', ...said, grants, log, keys: all, revocations }
      : keys.length > 0
        ? { format: 'exam-station/proof@4', ...said, grants, keys: all, revocations }
        : grants.length > 0
          ? { format: 'exam-station/proof@2', ...said, grants }
          : { format: 'exam-station/proof@1', ...said },
  );
  return `{"batch":${batchText(batch)},${rest.slice(1)}\n`;
}
