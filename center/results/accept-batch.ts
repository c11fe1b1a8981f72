import { z } from 'zod';
import type { Batch, BatchHeader } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { batchEntries, batchId, canonicalJson, verifyBatch, verifyCertificate } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { openLog } from '../log/index.ts';
import type { Station } from '../stations/index.ts';

/**
 * Checks a batch, logs its records and answers with the receipt as canonical JSON. The same batch again gets the same
 * receipt, byte for byte, however often and from however many connections: a station that lost the answer just asks again.
 * @throws Refusal `signature-invalid`, `root-mismatch`, `batch-invalid`, or `chain-broken` where it does not follow the
 * last batch of this station
 */
export async function acceptBatch(center: Center, station: Station, batch: Batch): Promise<string> {
  const header = await verified(center, station, batch);
  const id = batchId(batch);
  const entries = batchEntries(batch);
  return center.db.transaction(async (tx) => {
    const log = await openLog(tx);
    const known = await readReceipt(tx, station, id);
    if (known !== undefined) return known;
    await checkChain(tx, station, header);
    await checkNew(tx, station, batch);
    const { indexes, treeSize, receipt } = await log.append(entries, center.signer, center.now());
    const text = canonicalJson(receipt);
    await tx.query(
      `INSERT INTO batches (tenant_id, id, station_id, number, header, receipt, tree_size, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [station.tenantId, id, station.id, header.number, batch.header, text, treeSize, center.now().toISOString()],
    );
    await storeRecords(tx, station.tenantId, id, { records: batch.records, entries, indexes });
    return text;
  });
}

async function verified({ signer }: Center, station: Station, batch: Batch): Promise<BatchHeader> {
  const vouched = verifyCertificate(station.certificate, signer.publicKey);
  if (!vouched.ok) throw new Refusal(vouched.reason, vouched.detail);
  const checked = await verifyBatch(batch, vouched.certificate);
  if (!checked.ok) throw new Refusal(checked.reason, checked.detail);
  const sittings = new Set(batch.records.map(({ sittingId }) => sittingId));
  if (sittings.size < batch.records.length) throw new Refusal('batch-invalid', 'a sitting is in the batch twice');
  return checked.header;
}

async function readReceipt(tx: Queries, station: Station, id: Sha256): Promise<string | undefined> {
  const row = await selectOne(
    tx,
    z.object({ receipt: z.string() }),
    'SELECT receipt FROM batches WHERE tenant_id = $1 AND station_id = $2 AND id = $3',
    [station.tenantId, station.id, id],
  );
  return row?.receipt;
}

async function checkChain(tx: Queries, station: Station, { number, previous }: BatchHeader): Promise<void> {
  const last = await selectOne(
    tx,
    z.object({ id: Sha256, number: z.int() }),
    'SELECT id, number FROM batches WHERE tenant_id = $1 AND station_id = $2 ORDER BY number DESC LIMIT 1',
    [station.tenantId, station.id],
  );
  const next = (last?.number ?? 0) + 1;
  if (number !== next) throw new Refusal('chain-broken', `batch ${next} is expected, this is ${number}`);
  if (previous !== (last?.id ?? null))
    throw new Refusal('chain-broken', `batch ${number} does not follow the batch before it`);
}

/** One sitting, one record: a station cannot log a second result for it later. */
async function checkNew(tx: Queries, station: Station, batch: Batch): Promise<void> {
  const [logged] = await tx.query(
    'SELECT sitting_id FROM records WHERE tenant_id = $1 AND sitting_id = ANY($2::text[]) LIMIT 1',
    [station.tenantId, batch.records.map(({ sittingId }) => sittingId)],
  );
  if (logged) throw new Refusal('batch-invalid', `sitting ${logged.sitting_id} is logged already`);
}

/** Records, their canonical JSON and their places in the log, in one order. */
type LoggedRecords = {
  readonly records: readonly ExamRecord[];
  readonly entries: readonly string[];
  readonly indexes: readonly number[];
};

async function storeRecords(
  tx: Queries,
  tenantId: TenantId,
  id: Sha256,
  { records, entries, indexes }: LoggedRecords,
): Promise<void> {
  await tx.query(
    `INSERT INTO records
       (tenant_id, batch_id, sitting_id, position, log_index, candidate_id, exam_id, mode, passed, submitted_at, body,
        continued, root)
     SELECT $1, $2, r.* FROM unnest(
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
      records.map((record) => record.submittedAt),
      entries,
      records.map(({ continues }) => continues?.sittingId ?? null),
      records.map(({ continues }) => continues?.root ?? null),
    ],
  );
}
