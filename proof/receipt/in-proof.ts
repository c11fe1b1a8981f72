import { ProofFile } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import type { ResultReceipt } from '../../contract/records/result-receipt.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { hashOf } from '../hash.ts';
import { no, type Verified } from '../verdict.ts';
import { type ProofSummary, verifyCertificate, verifyProofFile } from '../verify.ts';
import { formerKeysIn } from '../verify-keys.ts';
import { agreesWith, verifyReceiptCode } from './result-receipt.ts';

export type ProvenReceipt = {
  readonly receipt: ResultReceipt;
  readonly record: ExamRecord;
  readonly stationKey: PublicKey;
  readonly summary: ProofSummary;
};

/**
 * Checks a receipt of a result against a proof file: the center vouches for the station that signed it, and the record it
 * speaks of is there and says the same.
 * @param pinned the center's published key; without it the file's own is used and the summary says so
 */
export async function verifyReceiptInProof(
  code: string,
  proof: Uint8Array,
  pinned?: PublicKey,
): Promise<Verified<ProvenReceipt>> {
  const checked = await verifyProofFile(proof, pinned);
  if (!checked.ok) return checked;
  const file = ProofFile.parse(JSON.parse(new TextDecoder().decode(proof)));
  const vouched = verifyCertificate(file.certificate, file.centerKey);
  if (!vouched.ok) return vouched;
  const had = formerKeysIn(file, vouched.certificate);
  if (!had.ok) return had;
  // It may have changed its key between the receipt and the batch.
  const keys = [vouched.certificate, ...had.former].map(({ publicKey }) => publicKey);
  const stationKey = keys.find((key) => verifyReceiptCode(code, key).ok) ?? vouched.certificate.publicKey;
  const signed = verifyReceiptCode(code, stationKey);
  if (!signed.ok) return signed;
  const found = findRecordOf(signed.receipt, file.batch.records);
  return found.ok ? { ...signed, ...found, stationKey, summary: checked.summary } : found;
}

/** The record that a receipt was signed for, among others. */
export function findRecordOf(
  receipt: ResultReceipt,
  records: readonly ExamRecord[],
): Verified<{ readonly record: ExamRecord }> {
  const record = records.find((one) => hashOf(one) === receipt.recordHash);
  if (!record) return no('hash-mismatch', 'no record here has the hash that the receipt names');
  return agreesWith(receipt, record, receipt.recordHash)
    ? { ok: true, record }
    : no('receipt-invalid', 'the record says something else than its receipt');
}
