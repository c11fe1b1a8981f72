import {
  type Batch,
  BatchHeader,
  ProofFile,
  type Receipt,
  StationCertificate,
  TreeHead,
} from '../contract/records/batches.ts';
import { newerFormatIn, reasonsOf } from '../contract/records/index.ts';
import { HOSTS, type Host } from '../contract/words/hosts.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { isKnown, type Reason, type ReasonCode } from '../contract/words/reasons.ts';
import { keyId, verifyJws } from './jws.ts';
import { verifyInclusion } from './merkle.ts';
import { proofFileText, rootOfRecords, type SealedBatch, type SealedText, sealBatch } from './sealed-record.ts';

export type Rejection = { readonly ok: false; readonly reason: Reason; readonly detail: string };
export type Verified<T> = ({ readonly ok: true } & T) | Rejection;

const no = (reason: Reason, detail: string): Rejection => ({ ok: false, reason, detail });

/** Does the center vouch for this station's key? */
export function verifyCertificate(jws: string, centerKey: PublicKey): Verified<{ certificate: StationCertificate }> {
  const parsed = StationCertificate.safeParse(verifyJws(jws, 'exam-station/certificate', centerKey));
  return parsed.success
    ? { ok: true, certificate: parsed.data }
    : no('signature-invalid', 'the station certificate is not signed by the center key');
}

/** Are these records what the station signed, each of them its own, and all of them? */
export async function verifyBatch(
  batch: SealedBatch,
  station: StationCertificate,
): Promise<Verified<{ header: BatchHeader }>> {
  const parsed = BatchHeader.safeParse(verifyJws(batch.header, 'exam-station/batch', station.publicKey));
  if (!parsed.success) return no('signature-invalid', 'the batch is not signed by the station key');
  const header = parsed.data;
  if (header.size !== batch.records.length)
    return no('root-mismatch', `${header.size} records were signed, ${batch.records.length} are here`);
  if ((await rootOfRecords(batch.records)) !== header.root)
    return no('root-mismatch', 'a record is not as it was signed');
  const foreign = batch.records.find(
    ({ record }) => record.stationId !== station.stationId || record.tenantId !== station.tenantId,
  );
  if (header.stationId !== station.stationId || foreign)
    return no('batch-invalid', 'a record belongs to another station or firm');
  return { ok: true, header };
}

/** Did the center log every record of the batch? */
export function verifyReceipt(
  receipt: Receipt,
  { records }: { readonly records: readonly Pick<SealedText, 'leaf'>[] },
  centerKey: PublicKey,
): Verified<{ treeHead: TreeHead }> {
  const parsed = TreeHead.safeParse(verifyJws(receipt.treeHead, 'exam-station/tree-head', centerKey));
  if (!parsed.success) return no('receipt-invalid', 'the tree head is not signed by the center key');
  const { size, root } = parsed.data;
  const all =
    receipt.inclusions.length === records.length &&
    records.every(({ leaf }, at) => {
      const { index, path } = receipt.inclusions[at] as Receipt['inclusions'][number];
      return verifyInclusion(leaf, index, size, path.map(fromHex), fromHex(root));
    });
  return all
    ? { ok: true, treeHead: parsed.data }
    : no('receipt-invalid', 'a record is not in the log the center signed');
}

export type ProofSummary = {
  readonly stationId: string;
  readonly tenantId: string;
  readonly batch: number;
  readonly records: number;
  /** How many records say that they were shown on each host; of the others nobody wrote it down. */
  readonly hosts: Readonly<Partial<Record<Host, number>>>;
  /** Words for reasons that this program does not know: a newer one wrote them. Each once. */
  readonly unknownReasons: readonly ReasonCode[];
  /** `pinned`: the center key was given by the caller. `self-stated`: it came with the file; compare its id with the published one. */
  readonly trust: 'pinned' | 'self-stated';
  readonly centerKeyId: string;
  readonly stationKeyId: string;
  readonly receipt: 'verified' | 'none';
};

/**
 * Checks a proof file with public keys alone, offline.
 * @param pinned the center's published key; without it the file's own is used and the summary says so
 */
export async function verifyProofFile(
  bytes: Uint8Array,
  pinned?: PublicKey,
): Promise<Verified<{ summary: ProofSummary }>> {
  const text = decodeUtf8(bytes);
  const json = parseJson(text);
  const file = ProofFile.safeParse(json);
  if (!file.success) return no('format-unknown', whyUnknown(json));
  const { receipt, centerKey } = file.data;
  const batch = sealBatch(file.data.batch);
  if (!batch || proofFileText({ ...file.data, batch }) !== text)
    return no('not-canonical', 'a byte was changed: the file is not the canonical JSON it was written as');
  if (pinned && pinned !== centerKey)
    return no('signature-invalid', 'the file names another center key than the published one');
  const vouched = verifyCertificate(file.data.certificate, centerKey);
  if (!vouched.ok) return vouched;
  const signed = await verifyBatch(batch, vouched.certificate);
  if (!signed.ok) return signed;
  const logged = receipt ? verifyReceipt(receipt, batch, centerKey) : undefined;
  if (logged && !logged.ok) return logged;
  const { stationId, tenantId, publicKey } = vouched.certificate;
  return {
    ok: true,
    summary: {
      stationId,
      tenantId,
      batch: signed.header.number,
      records: batch.records.length,
      hosts: hostsOf(file.data.batch),
      unknownReasons: [...new Set(file.data.batch.records.flatMap(reasonsOf))].filter((code) => !isKnown(code)),
      trust: pinned ? 'pinned' : 'self-stated',
      centerKeyId: keyId(centerKey),
      stationKeyId: keyId(publicKey),
      receipt: logged ? 'verified' : 'none',
    },
  };
}

function hostsOf({ records }: Batch): ProofSummary['hosts'] {
  const shownOn = (host: Host): number => records.filter(({ hosts }) => hosts?.includes(host)).length;
  const counted = HOSTS.map((host) => [host, shownOn(host)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

function whyUnknown(file: unknown): string {
  const newer = newerFormatIn((file as { batch?: { records?: unknown } } | null | undefined)?.batch?.records);
  return newer
    ? `it holds an ${newer}, which only a newer program knows`
    : 'this program does not know the form of this file: another version wrote it, or something in it was changed';
}

/** Strict: bytes that are no UTF-8, or a byte order mark, must not pass for the text they would be replaced by. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
