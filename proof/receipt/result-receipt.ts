import type { ExamRecord } from '../../contract/records/index.ts';
import { ResultReceipt } from '../../contract/records/result-receipt.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { RECEIPT_MARK, RECEIPT_PATH } from '../../contract/words/receipt-code.ts';
import { fromBase32, toBase32 } from '../base32.ts';
import { canonicalJson } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import { type Signer, verifyPacked } from '../jws.ts';
import { no, type Verified } from '../verdict.ts';
import { pack, unpack } from './packing.ts';

const TYPE = 'exam-station/result-receipt@1';
const SIGNATURE_BYTES = 64;

/** What is said of this record. */
export const receiptOf = (record: ExamRecord, recordHash: Sha256): ResultReceipt =>
  ResultReceipt.parse({
    format: TYPE,
    ...{ stationId: record.stationId, sittingId: record.sittingId, recordHash },
    ...{ examId: record.exam.id, mode: record.exam.mode },
    candidate: sha256(`${record.candidateId}${record.sittingId}`).slice(0, 32),
    ...{ marks: record.marks, passed: record.passed, submittedAt: record.submittedAt },
  });

/**
 * The text of the QR code: `EXS1:` and the signed statement in base32, or an address of the center that ends in it, which a
 * phone opens by itself.
 * @param center its address as phones reach it, where it has one
 */
export function receiptCode(receipt: ResultReceipt, signer: Pick<Signer, 'signPacked'>, center?: string): string {
  const packed = pack(receipt);
  const signed = toBase32(Buffer.concat([packed, signer.signPacked(TYPE, packed)]));
  if (center === undefined) return `${RECEIPT_MARK}${signed}`;
  const { origin, pathname } = new URL(center);
  // In capitals a QR code of it is a third smaller; hosts have no small letters of their own.
  return `${origin.toUpperCase()}${pathname.replace(/\/$/, '')}${RECEIPT_PATH}${signed}`;
}

type Opened = { readonly receipt: ResultReceipt; readonly packed: Uint8Array; readonly signature: Uint8Array };

/** What a code says, in either form, before anybody has checked who signed it. @returns nothing where it is none */
export function openReceiptCode(code: string): Opened | undefined {
  const body = code.match(/^(?:EXS1:|(?:https?|HTTPS?):\/\/\S+\/R\/)?([A-Z2-7]+)$/)?.[1];
  const bytes = body && fromBase32(body);
  if (!bytes) return undefined;
  const packed = bytes.subarray(0, -SIGNATURE_BYTES);
  const receipt = unpack(packed);
  return receipt && { receipt, packed, signature: bytes.subarray(-SIGNATURE_BYTES) };
}

/** Did this station sign it? */
export function verifyReceiptCode(code: string, station: PublicKey): Verified<{ receipt: ResultReceipt }> {
  const opened = openReceiptCode(code);
  if (!opened) return no('format-unknown', 'this is no receipt of a result, or not all of it');
  return verifyPacked(opened.packed, TYPE, opened.signature, station)
    ? { ok: true, receipt: opened.receipt }
    : no('signature-invalid', 'the receipt is not signed by this station key');
}

/** Whether this is the record that it was signed for, and says the same. */
export const agreesWith = (receipt: ResultReceipt, record: ExamRecord, recordHash: Sha256): boolean =>
  canonicalJson(receiptOf(record, recordHash)) === canonicalJson(receipt);
