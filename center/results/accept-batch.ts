import { z } from 'zod';
import { certificateEntry, grantEntry } from '../../contract/log/entries.ts';
import type { BatchHeader } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { Instant, instant, Sha256, type TenantId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import {
  batchId,
  canonicalJson,
  grantsNamedIn,
  type SealedBatch,
  type SealedRecord,
  verifyBatch,
  verifyCertificate,
} from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { mustBeLogged, openLog } from '../log/index.ts';
import {
  doubtRecords,
  type HeldGrant,
  heldGrants,
  mustBePresentKey,
  mustNotBeRevoked,
  type Station,
  stationKeys,
  whichSigned,
} from '../stations/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import type { Sequencer } from './sequencer.ts';

/**
 * Checks a batch, logs its records and answers with the receipt as canonical JSON. The same batch again gets the same
 * receipt, byte for byte, however often and from however many connections: a station that lost the answer just asks again.
 * It is whoever's its records are: the owner's of the station, or those of a firm that it holds a grant of.
 * @throws Refusal `signature-invalid`, `root-mismatch`, `batch-invalid`, `grant-missing`, `grant-invalid`, `not-logged`, `station-revoked`,
 * `station-key-old` where a former key of it signed what is not logged, or `chain-broken` where it does not follow the
 * last batch of this station
 */
export async function acceptBatch(
  station: ActingStation,
  center: Center,
  sealed: SealedBatch,
  sequencer: Sequencer,
): Promise<string> {
  // Nothing is logged under a key that was revoked a moment ago.
  await center.readKeysAnew();
  const { header, tenantId, key } = await verified(center, station, sealed);
  const id = batchId(sealed);
  return sequencer.run(sealed.records.length, async (tx) => {
    const log = await openLog(tx);
    const known = await readReceipt(tx, station, tenantId, id);
    if (known !== undefined) return known;
    // Asked again behind the log's lock: it may have been revoked since the request was let in, or have changed its key.
    await mustNotBeRevoked(tx, station.id);
    await mustBePresentKey(tx, station.id, key);
    await checkChain(tx, station, header);
    await checkNew(tx, tenantId, sealed);
    const { indexes, treeSize, receipt } = await log.append(sealed.records, center.signer, center.now());
    const text = canonicalJson(receipt);
    await tx.query(
      `INSERT INTO batches (tenant_id, id, station_id, number, header, receipt, tree_size, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tenantId, id, station.id, header.number, sealed.header, text, treeSize, center.now().toISOString()],
    );
    await storeRecords(tx, { tenantId, id, stationId: station.id }, { records: sealed.records, indexes });
    const records = sealed.records.map(({ record }) => record);
    await doubtRecords(station, tx, center, records);
    return text;
  });
}

async function verified(
  center: Center,
  station: ActingStation,
  batch: SealedBatch,
): Promise<{ readonly header: BatchHeader; readonly tenantId: TenantId; readonly key: PublicKey }> {
  const { certificate } =
    whichSigned(await stationKeys(center.db, station.id), batch.header, 'exam-station/batch') ?? station;
  const vouched = verifyCertificate(certificate, center.keys);
  if (!vouched.ok) throw new Refusal(vouched.reason, vouched.detail);
  const records = batch.records.map(({ record }) => record);
  const held = await heldGrants(station, center, grantsNamedIn(records));
  const checked = await verifyBatch(
    batch,
    vouched.certificate,
    held.map(({ grant }) => grant),
  );
  if (!checked.ok) throw new Refusal(checked.reason, checked.detail);
  await mustBeLogged(center.db, [certificateEntry(certificate), ...held.map(({ jws }) => grantEntry(jws))]);
  for (const one of held) mustHaveBegunBeforeItEnded(one, records);
  const sittings = new Set(batch.records.map(({ record }) => record.sittingId));
  if (sittings.size < batch.records.length) throw new Refusal('batch-invalid', 'a sitting is in the batch twice');
  return { ...checked, key: vouched.certificate.publicKey };
}

/** What was begun in good faith counts: a station's clock may be off, and it hears of an end at its next round only. */
function mustHaveBegunBeforeItEnded({ grant, endedAt }: HeldGrant, records: readonly ExamRecord[]): void {
  if (!endedAt) return;
  const last = instant(new Date(endedAt.getTime() + MAX_SKEW_MS));
  const late = records.find((record) => 'grant' in record && record.grant === grant.id && record.startedAt > last);
  if (late) throw new Refusal('grant-invalid', `${grant.id} was ended before ${late.sittingId} began`);
}

async function readReceipt(tx: Queries, station: Station, tenantId: TenantId, id: Sha256): Promise<string | undefined> {
  const row = await selectOne(
    tx,
    z.object({ receipt: z.string() }),
    'SELECT receipt FROM batches WHERE tenant_id = $1 AND station_id = $2 AND id = $3',
    [tenantId, station.id, id],
  );
  return row?.receipt;
}

/** One chain for each station, whoever's its batches are. */
async function checkChain(tx: Queries, station: Station, { number, previous }: BatchHeader): Promise<void> {
  const last = await selectOne(
    tx,
    z.object({ id: Sha256, number: z.int() }),
    'SELECT id, number FROM batches WHERE station_id = $1 ORDER BY number DESC LIMIT 1',
    [station.id],
  );
  const next = (last?.number ?? 0) + 1;
  if (number !== next) throw new Refusal('chain-broken', `batch ${next} is expected, this is ${number}`);
  if (previous !== (last?.id ?? null))
    throw new Refusal('chain-broken', `batch ${number} does not follow the batch before it`);
}

/** One sitting, one record: a station cannot log a second result for it later. */
async function checkNew(tx: Queries, tenantId: TenantId, batch: SealedBatch): Promise<void> {
  const [logged] = await tx.query(
    'SELECT sitting_id FROM records WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) LIMIT 1',
    [tenantId, batch.records.map(({ record }) => record.sittingId)],
  );
  if (logged) throw new Refusal('batch-invalid', `sitting ${logged.sitting_id} is logged already`);
}

/** Records and their places in the log, in one order. */
type LoggedRecords = {
  readonly records: readonly SealedRecord[];
  readonly indexes: readonly number[];
};

async function storeRecords(
  tx: Queries,
  { tenantId, id, stationId }: { readonly tenantId: TenantId; readonly id: Sha256; readonly stationId: Station['id'] },
  { records: sealed, indexes }: LoggedRecords,
): Promise<void> {
  const records = sealed.map(({ record }) => record);
  await tx.query(
    `INSERT INTO records
       (tenant_id, batch_id, sitting_id, position, log_index, candidate_id, exam_id, mode, passed, submitted_at, body,
        continued, root, station_id)
     SELECT $1, $2, r.*, $14 FROM unnest(
       $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::timestamptz[], $11::text[], $12::text[], $13::text[]) AS r`,
    [
      tenantId,
      id,
      records.map((record) => record.sittingId),
      records.map((_, position) => position),
      indexes,
      records.map((record) => record.candidateId),
      records.map((record) => record.exam.id),
      records.map((record) => record.exam.mode),
      records.map((record) => record.passed),
      records.map((record) => storable(record.submittedAt)),
      sealed.map(({ text }) => text),
      records.map(({ continues }) => continues?.sittingId ?? null),
      records.map(({ continues }) => continues?.root ?? null),
      stationId,
    ],
  );
  await storeIncidents(tx, tenantId, records, indexes);
}

/** Under each kind of incident that a record has, once: lists are looked through by it. */
async function storeIncidents(
  tx: Queries,
  tenantId: TenantId,
  records: readonly ExamRecord[],
  indexes: readonly number[],
): Promise<void> {
  const found = records.flatMap(({ incidents, submittedAt }, at) =>
    [...new Set(incidents.map(({ reason }) => reason))].map((reason) => ({ reason, submittedAt, index: indexes[at] })),
  );
  if (found.length === 0) return;
  await tx.query(
    `INSERT INTO record_incidents (tenant_id, reason, submitted_at, log_index)
     SELECT $1, i.* FROM unnest($2::text[], $3::timestamptz[], $4::bigint[]) AS i`,
    [
      tenantId,
      found.map(({ reason }) => reason),
      found.map(({ submittedAt }) => storable(submittedAt)),
      found.map(({ index }) => index),
    ],
  );
}

/** For the order of a list. A record may say any year of four digits, and no database has a year 0. */
const storable = (at: Instant): Instant => (at < FIRST ? FIRST : at);
const FIRST = Instant.parse('0001-01-01T00:00:00.000Z');
