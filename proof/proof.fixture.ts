import { certificateEntry } from '../contract/log/entries.ts';
import { Batch, BatchHeader, ProofFile, Receipt, StationCertificate, TreeHead } from '../contract/records/batches.ts';
import { Grant } from '../contract/records/grants.ts';
import { ExamRecord } from '../contract/records/index.ts';
import { LogProof } from '../contract/records/log-proof.ts';
import { EnrolReply } from '../contract/station-center/center-api.ts';
import { type Instant, StationId, TenantId } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import {
  batchId,
  batchText,
  canonicalJson,
  consistencyPath,
  generateSigningKey,
  type Hash,
  inclusionPath,
  leafHash,
  nodesOnAppend,
  type OutgoingBatch,
  openSigner,
  rootOf,
  rootOfRecords,
  type SealedBatch,
  type Signer,
  sealBatch,
  sealRecord,
} from './index.ts';
import { payloadOf } from './jws.ts';
import { checkpointText, sealEntry, signCheckpoint, writeNote } from './transparency/index.ts';

/** A center small enough for a test: a key, and a log that holds records of others too. */
export type TinyCenter = {
  readonly signer: Signer;
  certify(station: PublicKey, changes?: Partial<Record<keyof StationCertificate, string>>): string;
  enrol(station: PublicKey, stationId?: StationId): EnrolReply;
  /** A grant of an hour around {@link AT} for another firm. */
  grant(changes?: Partial<Record<keyof Grant, unknown>>): string;
  /** @param at the time of its log; as soon as it may be where it is not said */
  receive(batch: Batch | OutgoingBatch, at?: string): Promise<Receipt>;
  /** Logs a certificate, and shows that the log with it goes on from a receipt. */
  show(certificate: string, receipt: Receipt): Promise<LogProof>;
};

export const TENANT = TenantId.parse('tn_test');
/** A firm that has no station here. */
export const GUEST = TenantId.parse('tn_guest');
export const STATION = StationId.parse('st_test');
export const AT = '2026-03-04T05:06:07.890Z';
export const grantOf = (changes: Partial<Record<keyof Grant, unknown>> = {}): Grant =>
  Grant.parse({
    ...{ format: 'exam-station/grant@1', id: 'gr_1', stationId: STATION, tenantId: GUEST, exams: 'all' },
    ...{ from: '2026-03-04T05:00:00.000Z', until: '2026-03-04T06:00:00.000Z', ...changes },
  });
export const newSigner = (): Signer => openSigner(generateSigningKey());

const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
const hash64 = (digit: string): string => digit.repeat(64);

/** @param key its private one, for whoever signs with it besides */
export function openTinyCenter(key = generateSigningKey()): TinyCenter {
  const signer = openSigner(key);
  const nodes = new Map<string, Hash>();
  let size = 0;
  const nodeAt = async (level: number, index: number): Promise<Hash> => nodes.get(`${level}/${index}`) as Hash;
  const add = async (leaf: Hash): Promise<number> => {
    for (const node of await nodesOnAppend(size, leaf, nodeAt)) nodes.set(`${node.level}/${node.index}`, node.hash);
    return size++;
  };
  const certify: TinyCenter['certify'] = (publicKey, changes = {}) => {
    const certificate = { stationId: STATION, tenantId: TENANT, publicKey, issuedAt: AT, ...changes };
    return signer.sign('exam-station/certificate', StationCertificate.parse(certificate));
  };
  return {
    signer,
    certify,
    enrol: (station, stationId = STATION) =>
      EnrolReply.parse({
        stationId,
        tenantId: TENANT,
        certificate: certify(station, { stationId }),
        centerKey: signer.publicKey,
      }),
    grant: (changes) => signer.sign('exam-station/grant', grantOf(changes)),
    async receive(batch, at) {
      for (const stranger of ['a', 'b', 'c']) await add(leafHash(`${stranger} ${batchId(batch)}`));
      const places: number[] = [];
      for (const record of batch.records)
        places.push(await add('leaf' in record ? record.leaf : sealRecord(record).leaf));
      await add(leafHash(`after ${batchId(batch)}`));
      const head = TreeHead.parse({ size, root: hex(await rootOf(size, nodeAt)), at: at ?? soonestFor(batch) });
      const paths = places.map(async (index) => ({ index, path: (await inclusionPath(index, size, nodeAt)).map(hex) }));
      return Receipt.parse({
        format: 'exam-station/receipt@1',
        treeHead: signer.sign('exam-station/tree-head', head),
        inclusions: await Promise.all(paths),
      });
    },
    async show(certificate, { treeHead }) {
      const { size: from } = TreeHead.parse(JSON.parse(payloadOf(treeHead) ?? ''));
      const index = await add(sealEntry(certificateEntry(certificate)).leaf);
      const checkpoint = { origin: 'log.example/exams', size, root: await rootOf(size, nodeAt) };
      return LogProof.parse({
        checkpoint: writeNote(checkpointText(checkpoint), [signCheckpoint(checkpoint, signer)]),
        consistency: (await consistencyPath(from, size, nodeAt)).map(hex),
        certificate: { index, path: (await inclusionPath(index, size, nodeAt)).map(hex) },
        grants: [],
      });
    },
  };
}

/** When a batch says that it was made, and {@link AT} at the soonest. */
function soonestFor({ header }: { readonly header: string }): Instant {
  const { createdAt } = BatchHeader.parse(JSON.parse(payloadOf(header) ?? ''));
  return createdAt > AT ? createdAt : (AT as Instant);
}

/** What it does not say otherwise agrees with what it says. */
export function recordOf(n: number, changes: Partial<Record<keyof ExamRecord, unknown>> = {}): ExamRecord {
  const { marks = 80.5, passMarks = 80 } = changes as Partial<ExamRecord>;
  return ExamRecord.parse({
    format: 'exam-station/record@1',
    stationId: STATION,
    tenantId: TENANT,
    sittingId: `si_${n}`,
    candidateId: `cd_${n}`,
    exam: { id: 'ex_1', title: { zh: '动火作业 €' }, mode: 'formal' },
    form: {
      bankId: 'bk_1',
      bankHash: hash64('1'),
      blueprintHash: hash64('2'),
      seed: `seed ${n}`,
      formHash: hash64('3'),
    },
    identifiedBy: 'card',
    identity: { how: 'verified', similarity: 0.8125, live: 0.99, calibration: 'test-1' },
    startedAt: AT,
    submittedAt: AT,
    cause: 'handed-in',
    activeMs: 1000 + n,
    marks,
    fullMarks: 100,
    passMarks,
    passed: marks >= passMarks,
    answers: [{ itemId: 'it_1', chosen: ['op_1', 'op_2'], marks }],
    incidents: [],
    decisions: [],
    ledger: { sequence: 5 + n, head: hash64('4') },
    ...changes,
  });
}

export async function batchOf(
  records: readonly ExamRecord[],
  signer: Signer,
  changes: Partial<Record<keyof BatchHeader, unknown>> = {},
): Promise<Batch> {
  const root = await rootOfRecords(records.map(sealRecord));
  const header = BatchHeader.parse({
    stationId: STATION,
    number: 1,
    previous: null,
    size: records.length,
    root,
    createdAt: [AT, ...records.map(({ submittedAt }) => submittedAt)].toSorted().at(-1),
    ...changes,
  });
  return { format: 'exam-station/batch@1', header: signer.sign('exam-station/batch', header), records };
}

/** A batch that has a canonical form. */
export function sealed(batch: Batch): SealedBatch {
  const made = sealBatch(batch);
  if (!made) throw new Error('it has no canonical form');
  return made;
}

/** The same as its station sends it. */
export const outgoing = (batch: Batch): OutgoingBatch => ({ id: batchId(batch), ...sealed(batch) });

/** What a batch on its way says, as whoever gets it reads it. */
export const readBatch = (batch: OutgoingBatch): Batch => Batch.parse(JSON.parse(batchText(batch)));

/** A genuine proof file and all that went into it. @param grants those that the center gave for it, by what is not usual of each */
export async function genuine(
  records: readonly ExamRecord[],
  grants: readonly Partial<Record<keyof Grant, unknown>>[] = [],
) {
  const center = openTinyCenter();
  const signer = newSigner();
  const batch = await batchOf(records, signer);
  const given = grants.length > 0 ? { grants: grants.map(center.grant) } : {};
  const file = ProofFile.parse({
    format: grants.length > 0 ? 'exam-station/proof@2' : 'exam-station/proof@1',
    centerKey: center.signer.publicKey,
    certificate: center.certify(signer.publicKey),
    batch,
    receipt: await center.receive(batch),
    ...given,
  });
  return { center, signer, batch, file, text: `${canonicalJson(file)}\n` };
}

/** A record of another firm than the one whose station it is. */
export const guestRecordOf = (
  n: number,
  changes: Partial<Record<keyof ExamRecord | 'grant', unknown>> = {},
): ExamRecord =>
  recordOf(n, { format: 'exam-station/record@7', tenantId: GUEST, grant: 'gr_1', ...changes } as typeof changes);
