import {
  type Batch,
  BatchHeader,
  ProofFile,
  type Receipt,
  StationCertificate,
  TreeHead,
} from '../contract/records/batches.ts';
import { HOSTS, type Host } from '../contract/words/hosts.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import type { Reason } from '../contract/words/reasons.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './hash.ts';
import { keyId, verifyJws } from './jws.ts';
import { headOfEntries, leafHash, verifyInclusion } from './merkle.ts';

export type Rejection = { readonly ok: false; readonly reason: Reason; readonly detail: string };
export type Verified<T> = ({ readonly ok: true } & T) | Rejection;

const no = (reason: Reason, detail: string): Rejection => ({ ok: false, reason, detail });

export const batchId = (batch: Batch): Sha256 => sha256(batch.header);
export const batchEntries = (batch: Batch): readonly string[] => batch.records.map(canonicalJson);

/** Does the center vouch for this station's key? */
export function verifyCertificate(jws: string, centerKey: PublicKey): Verified<{ certificate: StationCertificate }> {
  const parsed = StationCertificate.safeParse(verifyJws(jws, 'exam-station/certificate', centerKey));
  return parsed.success
    ? { ok: true, certificate: parsed.data }
    : no('signature-invalid', 'the station certificate is not signed by the center key');
}

/** Are these records what the station signed, each of them its own, and all of them? */
export async function verifyBatch(
  batch: Batch,
  station: StationCertificate,
): Promise<Verified<{ header: BatchHeader }>> {
  const parsed = BatchHeader.safeParse(verifyJws(batch.header, 'exam-station/batch', station.publicKey));
  if (!parsed.success) return no('signature-invalid', 'the batch is not signed by the station key');
  const header = parsed.data;
  if (header.size !== batch.records.length)
    return no('root-mismatch', `${header.size} records were signed, ${batch.records.length} are here`);
  const entries = canonicalEntries(batch);
  if (!entries) return no('not-canonical', 'a record holds text that is no Unicode');
  const root = Buffer.from(await headOfEntries(entries)).toString('hex');
  if (root !== header.root) return no('root-mismatch', 'a record is not as it was signed');
  const foreign = batch.records.find(
    ({ stationId, tenantId }) => stationId !== station.stationId || tenantId !== station.tenantId,
  );
  if (header.stationId !== station.stationId || foreign)
    return no('batch-invalid', 'a record belongs to another station or firm');
  return { ok: true, header };
}

/** Did the center log every record of the batch? */
export function verifyReceipt(receipt: Receipt, batch: Batch, centerKey: PublicKey): Verified<{ treeHead: TreeHead }> {
  const parsed = TreeHead.safeParse(verifyJws(receipt.treeHead, 'exam-station/tree-head', centerKey));
  if (!parsed.success) return no('receipt-invalid', 'the tree head is not signed by the center key');
  const { size, root } = parsed.data;
  const entries = canonicalEntries(batch) ?? [];
  const all =
    receipt.inclusions.length === entries.length &&
    receipt.inclusions.every(({ index, path }, at) =>
      verifyInclusion(leafHash(entries[at] as string), index, size, path.map(fromHex), fromHex(root)),
    );
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
  const file = ProofFile.safeParse(parseJson(text));
  if (!file.success)
    return no(
      'format-unknown',
      'this program does not know the form of this file: another version wrote it, or something in it was changed',
    );
  if (`${canonicalOf(file.data)}\n` !== text) {
    return no('not-canonical', 'a byte was changed: the file is not the canonical JSON it was written as');
  }
  const { batch, receipt } = file.data;
  const { centerKey } = file.data;
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
      hosts: hostsOf(batch),
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

/** RFC 8785 has no form for half a surrogate pair, which JSON lets through: hostile input is a case, not an exception. */
function canonicalOf(value: unknown): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}

function canonicalEntries(batch: Batch): readonly string[] | undefined {
  const entries = batch.records.map(canonicalOf);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
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
