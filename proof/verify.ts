import {
  type Batch,
  BatchHeader,
  ProofFile,
  type Receipt,
  StationCertificate,
  TreeHead,
} from '../contract/records/batches.ts';
import type { Grant } from '../contract/records/grants.ts';
import { type ExamRecord, newerFormatIn } from '../contract/records/index.ts';
import { HOSTS, type Host } from '../contract/words/hosts.ts';
import type { Instant, TenantId } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import type { ReasonCode } from '../contract/words/reasons.ts';
import type { Remark } from '../contract/words/remarks.ts';
import { isWithinReason } from '../contract/words/within-reason.ts';
import { type CenterKey, type CenterKeys, inWordsOf, signedByCenter } from './center-keys.ts';
import { formerKeysIn } from './former-keys.ts';
import { grantsIn, whyNotGranted } from './grants.ts';
import { keyId, verifyJws } from './jws.ts';
import { type ShownLog, verifyLogProof } from './log-proof.ts';
import { verifyInclusion } from './merkle.ts';
import { proofFileText, rootOfRecords, type SealedBatch, type SealedText, sealBatch } from './sealed-record.ts';
import { no, type Rejection, type Verified } from './verdict.ts';
import { keysFor, remarkOnKey, whyRevoked } from './verify-center-keys.ts';
import { whyImpossible } from './verify-record.ts';
import { remarksOn, unknownReasonsIn, type VerifyPolicy } from './verify-remarks.ts';
import { whyUnclear } from './verify-statement.ts';
import { type Signed, whyOutOfOrder } from './verify-times.ts';

/** Does the center vouch for this station's key? */
export function verifyCertificate(
  jws: string,
  center: CenterKeys,
): Verified<{ certificate: StationCertificate; by: CenterKey }> {
  const issuedAt = (said: StationCertificate): Instant => said.issuedAt;
  const read = signedByCenter(jws, 'exam-station/certificate', StationCertificate, center, issuedAt);
  if (read.ok) return { ok: true, certificate: read.said, by: read.by };
  return inWordsOf(read, no('signature-invalid', 'the station certificate is not signed by the center key'));
}

/**
 * Are these records what the station signed, each of them its own, all of them, and each under a grant? Those of one batch are
 * of one firm, so that no firm's proof shows another's results.
 * @param grants that the center has signed, for records that name one
 */
export async function verifyBatch(
  batch: SealedBatch,
  station: StationCertificate,
  grants: readonly Grant[] = [],
): Promise<Verified<{ header: BatchHeader; tenantId: TenantId }>> {
  const parsed = BatchHeader.safeParse(verifyJws(batch.header, 'exam-station/batch', station.publicKey));
  if (!parsed.success) return no('signature-invalid', 'the batch is not signed by the station key');
  const header = parsed.data;
  if (header.size !== batch.records.length)
    return no('root-mismatch', `${header.size} records were signed, ${batch.records.length} are here`);
  if ((await rootOfRecords(batch.records)) !== header.root)
    return no('root-mismatch', 'a record is not as it was signed');
  if (header.stationId !== station.stationId) return no('batch-invalid', 'the batch belongs to another station');
  const records = batch.records.map(({ record }) => record);
  const foreign = whyForeign(records, station, grants);
  return foreign ?? { ok: true, header, tenantId: records[0]?.tenantId ?? station.tenantId };
}

function whyForeign(
  records: readonly ExamRecord[],
  station: StationCertificate,
  grants: readonly Grant[],
): Rejection | undefined {
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  for (const record of records) {
    if (record.stationId !== station.stationId)
      return no('batch-invalid', 'a record belongs to another station or firm');
    const why = whyNotGranted(record, station, byId);
    if (why) return why;
    if (record.tenantId !== records[0]?.tenantId) return no('batch-invalid', 'records of two firms are in one batch');
  }
  return undefined;
}

/** Did the center log every record of the batch? */
export function verifyReceipt(
  receipt: Receipt,
  { records }: { readonly records: readonly Pick<SealedText, 'leaf'>[] },
  center: CenterKeys,
): Verified<{ treeHead: TreeHead; by: CenterKey }> {
  const read = signedByCenter(receipt.treeHead, 'exam-station/tree-head', TreeHead, center, ({ at }) => at);
  if (!read.ok) return inWordsOf(read, no('receipt-invalid', 'the tree head is not signed by the center key'));
  const { size, root } = read.said;
  const all =
    receipt.inclusions.length === records.length &&
    records.every(({ leaf }, at) => {
      const { index, path } = receipt.inclusions[at] as Receipt['inclusions'][number];
      return verifyInclusion(leaf, index, size, path.map(fromHex), fromHex(root));
    });
  return all
    ? { ok: true, treeHead: read.said, by: read.by }
    : no('receipt-invalid', 'a record is not in the log the center signed');
}

/** `proven`: the center has logged every record. `signed-only`: all is signed, and no center is known to have logged it. */
export type Verdict = 'proven' | 'signed-only';

export type ProofSummary = {
  readonly verdict: Verdict;
  /** What whoever reads it should know although nothing is wrong. */
  readonly remarks: readonly Remark[];
  readonly stationId: string;
  /** Whose results they are. */
  readonly tenantId: string;
  /** Whose station it is: the same firm, or the one that let it be used. */
  readonly ownerId: string;
  /** Under which its records were sat; none where all were under the standing grant of whose station it is. */
  readonly grants: readonly Grant[];
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
  /** The time of the center's log that holds it; nothing without a receipt. */
  readonly loggedAt?: Instant;
  /** The log that a receipt is in, where the file shows it: who else has seen it, `whoSaw` says. */
  readonly log?: ShownLog;
};

/** A proof file that holds by itself, opened: what it is held against others by. */
export type OpenedProof = {
  readonly summary: ProofSummary;
  readonly file: ProofFile;
  readonly batch: SealedBatch;
  readonly header: BatchHeader;
  readonly certificate: StationCertificate;
  /** Keys that the station had before, as the file shows them. */
  readonly former: readonly StationCertificate[];
  readonly treeHead: TreeHead | undefined;
};

/**
 * Checks a proof file with public keys alone, offline.
 * @param pinned the center's published key; without it the file's own is used and the summary says so
 */
export async function verifyProofFile(
  bytes: Uint8Array,
  pinned?: PublicKey,
  policy: VerifyPolicy = {},
): Promise<Verified<{ summary: ProofSummary }>> {
  const opened = await openProofFile(bytes, pinned, policy);
  return opened.ok ? { ok: true, summary: opened.summary } : opened;
}

/** {@link verifyProofFile}, with what it is held against others by. */
export async function openProofFile(
  bytes: Uint8Array,
  pinned: PublicKey | undefined,
  policy: VerifyPolicy,
): Promise<Verified<OpenedProof>> {
  const read = readProofFile(bytes);
  if (!read.ok) return read;
  const { file, batch } = read;
  if (pinned && pinned !== file.centerKey)
    return no('signature-invalid', 'the file names another center key than the published one');
  const center = keysFor(file, policy);
  if (!center.ok) return center;
  const holds = await verifySignatures(file, batch, center.keys);
  if (!holds.ok) return holds;
  const { header, certificate, former, treeHead } = holds;
  const times = { ...certifiedIn(certificate, former), createdAt: header.createdAt, loggedAt: treeHead?.at };
  const { records } = file.batch;
  const why = whyUntrue(records, header, times);
  if (why) return why;
  const self: readonly Remark[] = pinned ? [] : [{ code: 'key-self-stated', values: { key: keyId(file.centerKey) } }];
  const remarks = [
    ...self,
    ...holds.revoked.map(remarkOnKey),
    ...remarksOnLog(holds),
    ...remarksOn(records, times, center.keys, policy),
  ];
  return { ...holds, summary: summaryOf(file, holds, remarks, pinned), file, batch };
}

/** Since when a center shows its log with each proof. Before that the older forms were all there was. */
const LOG_SHOWN_SINCE = '2026-11-28T00:00:00.000Z' as Instant;

/** A center that shows no log may have vouched for a station, or a grant, that it logged nowhere. */
const remarksOnLog = ({ treeHead, log }: Held): readonly Remark[] =>
  treeHead && !log && treeHead.at >= LOG_SHOWN_SINCE ? [{ code: 'log-not-shown', values: {} }] : [];

/** A station is one from its first key on. */
const certifiedIn = ({ issuedAt: keyIssuedAt }: StationCertificate, former: readonly StationCertificate[]) => ({
  keyIssuedAt,
  issuedAt: former.reduce((first, { issuedAt }) => (issuedAt < first ? issuedAt : first), keyIssuedAt),
});

/** A file as it was written, whoever signed what is in it. */
function readProofFile(bytes: Uint8Array): Verified<{ file: ProofFile; batch: SealedBatch }> {
  const text = decodeUtf8(bytes);
  const json = parseJson(text);
  const parsed = ProofFile.safeParse(json);
  if (!parsed.success) return no('format-unknown', whyUnknown(json));
  const file = parsed.data;
  const batch = sealBatch(file.batch);
  if (!batch || proofFileText({ ...file, batch }) !== text)
    return no('not-canonical', 'a byte was changed: the file is not the canonical JSON it was written as');
  return whyUnclear(file) ?? { ok: true, file, batch };
}

/** What the signatures of a file say, all of which hold. */
type Held = Pick<OpenedProof, 'header' | 'certificate' | 'former' | 'treeHead'> & {
  readonly tenantId: TenantId;
  readonly grants: readonly Grant[];
  readonly log: ShownLog | undefined;
  /** Keys of the center that signed some of it, and were revoked since. */
  readonly revoked: readonly CenterKey[];
};

async function verifySignatures(file: ProofFile, batch: SealedBatch, center: CenterKeys): Promise<Verified<Held>> {
  const { receipt } = file;
  const vouched = verifyCertificate(file.certificate, center);
  if (!vouched.ok) return vouched;
  const had = formerKeysIn(file, vouched.certificate, center);
  if (!had.ok) return had;
  const given = grantsIn(file, center);
  if (!given.ok) return given;
  const signed = await verifyBatch(batch, vouched.certificate, given.grants);
  if (!signed.ok) return signed;
  const logged = receipt ? verifyReceipt(receipt, batch, center) : undefined;
  if (logged && !logged.ok) return logged;
  const shown =
    logged && file.format === 'exam-station/proof@3' ? verifyLogProof(file, logged.treeHead, center) : undefined;
  if (shown && !shown.ok) return shown;
  const by = [vouched.by, ...given.by, ...(logged ? [logged.by] : [])];
  const revoked = [...new Set(by)].filter(({ revokedAt }) => revokedAt !== undefined);
  const why = whyRevoked(revoked, shown !== undefined);
  if (why) return why;
  const { certificate } = vouched;
  return { ...had, ...given, ...signed, certificate, treeHead: logged?.treeHead, log: shown?.log, revoked };
}

function summaryOf(
  { batch, centerKey }: ProofFile,
  { header, certificate, treeHead, tenantId, grants, log }: Held,
  remarks: readonly Remark[],
  pinned: PublicKey | undefined,
): ProofSummary {
  return {
    verdict: treeHead ? 'proven' : 'signed-only',
    remarks,
    ...{ stationId: certificate.stationId, ownerId: certificate.tenantId, tenantId, grants },
    batch: header.number,
    records: batch.records.length,
    hosts: hostsOf(batch),
    unknownReasons: unknownReasonsIn(batch.records),
    trust: pinned ? 'pinned' : 'self-stated',
    centerKeyId: keyId(centerKey),
    stationKeyId: keyId(certificate.publicKey),
    receipt: treeHead ? 'verified' : 'none',
    ...(treeHead ? { loggedAt: treeHead.at } : {}),
    ...(log ? { log } : {}),
  };
}

/** Why what holds by its signatures is nothing that a station and a center that work can have signed. */
function whyUntrue(records: readonly ExamRecord[], header: BatchHeader, times: Signed): Rejection | undefined {
  if ((header.number === 1) !== (header.previous === null))
    return no('chain-broken', `batch ${header.number} says that it follows ${header.previous ?? 'none'}`);
  const seen = new Set<string>();
  const twice = records.find(({ sittingId }) => seen.size === seen.add(sittingId).size);
  if (twice) return no('sitting-repeated', `${twice.sittingId} is in the batch twice`);
  for (const record of records) {
    const why = whyImpossible(record, times);
    if (why) return why;
  }
  return whyOutOfOrder(records, times);
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
    const value: unknown = JSON.parse(text);
    return isWithinReason(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
