import { basename, extname } from 'node:path';
import { z } from 'zod';
import {
  BANK_ROW_SHOWS,
  BankFileSaid,
  type BankRowShow,
  type BankUpload,
  MOST_BANK_UPLOADS,
} from '../../contract/platform/bank-uploads.ts';
import { BankUploadId, instant, JobId, Sha256, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, makeId, mustStillBeKept } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { addJob, type JobStanding, jobStandings } from '../jobs/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { fileKey, removeKept } from './kept.ts';
import { READING } from './long-reading.ts';
import { problemOf } from './row-shape.ts';

/** An upload is kept so long after somebody last did something with it. */
const KEPT_MS = 14 * 86_400_000;
export const keptUntil = (now: Date): string => new Date(now.getTime() + KEPT_MS).toISOString();

type At = Pick<Center, 'db' | 'objects' | 'now'>;

/**
 * Takes a file in, and has it read.
 * @throws Refusal `bank-uploads-many`, `objects-away`
 */
export async function addBankUpload(
  actor: Manager,
  { db, objects, now }: At,
  tenantId: TenantId,
  { file, bytes, hidden }: { readonly file: string; readonly bytes: Uint8Array; readonly hidden: boolean },
): Promise<BankUpload> {
  mustManage(actor, tenantId);
  const id = BankUploadId.parse(makeId('bu'));
  const put = () => objects.put(fileKey(id), bytes);
  await put();
  await db.transaction(async (tx) => {
    // As many as come at once are counted one after the other.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`bank uploads ${tenantId}`]);
    const there = await tx.query('SELECT 1 FROM bank_uploads WHERE tenant_id = $1', [tenantId]);
    if (there.length >= MOST_BANK_UPLOADS) throw new Refusal('bank-uploads-many');
    const job = await orderReading(tx, { tenantId, id }, now());
    const name = `${basename(file, extname(file))}${extname(file)}`;
    await tx.query(
      `INSERT INTO bank_uploads (tenant_id, id, file_name, file_hash, bytes, hidden, state, job_id, made_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'reading', $7, $8, $9)`,
      [tenantId, id, name, sha256(bytes), bytes.length, hidden, job, now().toISOString(), keptUntil(now())],
    );
    await noteDone(actor, tx, { tenantId, what: 'bank-uploaded', subject: subjectOf(id) });
    await mustStillBeKept(tx, objects, fileKey(id), put);
  });
  return readBankUpload(actor, db, tenantId, id);
}

export const subjectOf = (id: BankUploadId) => ({ kind: 'bank-upload', id }) as const;

const orderReading = async (
  tx: Queries,
  asked: { readonly tenantId: TenantId; readonly id: BankUploadId },
  now: Date,
) => (await addJob(tx, { kind: READING, asked }, now)).id;

/**
 * Has the file read once more, with what it hides or without; what was mended is mended again.
 * @throws Refusal `bank-upload-unknown`, `bank-upload-unread` while it is being read, unless that was tried in vain
 */
export async function readBankUploadAgain(
  actor: Manager,
  { db, now }: At,
  tenantId: TenantId,
  { id, hidden }: { readonly id: BankUploadId; readonly hidden: boolean },
): Promise<BankUpload> {
  mustManage(actor, tenantId);
  await db.transaction(async (tx) => {
    const { state, job: before } = await mustHaveUpload(tx, tenantId, id, 'lock');
    const isUnderWay = state === 'reading' && !isLost((await jobStandings(tx, [before])).get(before));
    if (isUnderWay) throw new Refusal('bank-upload-unread');
    const job = await orderReading(tx, { tenantId, id }, now());
    await tx.query(
      `UPDATE bank_uploads SET state = 'reading', reason = NULL, hidden = $3, job_id = $4, expires_at = $5
       WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, hidden, job, keptUntil(now())],
    );
    await noteDone(actor, tx, { tenantId, what: 'bank-uploaded', subject: subjectOf(id) });
  });
  return readBankUpload(actor, db, tenantId, id);
}

/** Throws an upload away. @throws Refusal `bank-upload-unknown` */
export async function dropBankUpload(
  actor: Manager,
  { db, objects }: At,
  tenantId: TenantId,
  id: BankUploadId,
): Promise<void> {
  mustManage(actor, tenantId);
  const { hashes } = await db.transaction(async (tx) => {
    const upload = await mustHaveUpload(tx, tenantId, id, 'lock');
    await removeUpload(tx, tenantId, id);
    await noteDone(actor, tx, { tenantId, what: 'bank-upload-dropped', subject: subjectOf(id) });
    return upload;
  });
  await removeKept(objects, id, hashes);
}

export const removeUpload = (tx: Queries, tenantId: TenantId, id: BankUploadId) =>
  tx.query('DELETE FROM bank_uploads WHERE tenant_id = $1 AND id = $2', [tenantId, id]);

/** Forgets what nobody went on with, and how rows were mended that came never again. */
export async function clearBankUploads({ db, objects, now }: At): Promise<void> {
  const sql = 'DELETE FROM bank_uploads WHERE expires_at <= $1 RETURNING id, picture_hashes AS hashes';
  for (const { id, hashes } of await select(db, Gone, sql, [now().toISOString()]))
    await removeKept(objects, id, hashes);
  await db.query('DELETE FROM bank_mends WHERE used_at <= $1', [new Date(now().getTime() - MENDS_MS).toISOString()]);
}
const Gone = z.object({ id: BankUploadId, hashes: z.array(Sha256) });
/** Banks come anew once a year. */
const MENDS_MS = 400 * 86_400_000;

const UploadRow = z
  .object({
    ...{ id: BankUploadId, file: z.string(), bytes: z.int(), hidden: z.boolean(), reason: z.string().nullable() },
    state: z.enum(['reading', 'read', 'failed']),
    ...{ said: z.string().nullable(), job: JobId, madeAt: z.date(), until: z.date(), hashes: z.array(Sha256) },
  })
  .readonly();
type UploadRow = z.infer<typeof UploadRow>;
const UPLOAD = `id, file_name AS file, bytes, hidden, reason, state, said, job_id AS job, picture_hashes AS hashes, made_at AS "madeAt",
  expires_at AS until`;

/** @throws Refusal `bank-upload-unknown` */
export async function mustHaveUpload(
  db: Queries,
  tenantId: TenantId,
  id: BankUploadId,
  lock?: 'lock',
): Promise<UploadRow> {
  const sql = `SELECT ${UPLOAD} FROM bank_uploads WHERE tenant_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`;
  const row = await selectOne(db, UploadRow, sql, [tenantId, id]);
  if (!row) throw new Refusal('bank-upload-unknown');
  return row;
}

/** The same, of one whose rows are there. @throws Refusal `bank-upload-unread` besides */
export async function mustBeRead(db: Queries, tenantId: TenantId, id: BankUploadId, lock?: 'lock'): Promise<UploadRow> {
  const upload = await mustHaveUpload(db, tenantId, id, lock);
  if (upload.state !== 'read') throw new Refusal('bank-upload-unread');
  return upload;
}

/** What is under way, newest first. */
export async function listBankUploads(actor: Manager, db: Queries, tenantId: TenantId): Promise<readonly BankUpload[]> {
  mustManage(actor, tenantId);
  const sql = `SELECT ${UPLOAD} FROM bank_uploads WHERE tenant_id = $1 ORDER BY made_at DESC, id`;
  const rows = await select(db, UploadRow, sql, [tenantId]);
  const jobs = await jobStandings(
    db,
    rows.map(({ job }) => job),
  );
  const shown: BankUpload[] = [];
  for (const row of rows) shown.push(await shownUpload(db, tenantId, row, jobs.get(row.job)));
  return shown;
}

/** @throws Refusal `bank-upload-unknown` */
export async function readBankUpload(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  id: BankUploadId,
): Promise<BankUpload> {
  mustManage(actor, tenantId);
  const row = await mustHaveUpload(db, tenantId, id);
  return shownUpload(db, tenantId, row, (await jobStandings(db, [row.job])).get(row.job));
}

/** A job that was tried in vain leaves its upload as it was; so does one that nobody remembers. */
const isLost = (job: JobStanding | undefined): boolean => !job || job.state === 'failed' || job.state === 'cancelled';

async function shownUpload(
  db: Queries,
  tenantId: TenantId,
  { said, job: _, hashes: __, madeAt, until, ...row }: UploadRow,
  job: JobStanding | undefined,
): Promise<BankUpload> {
  const lost = row.state === 'reading' && isLost(job);
  const state = lost ? { state: 'failed' as const, reason: 'internal' } : { state: row.state, reason: row.reason };
  const read = row.state === 'read';
  const { items, ...rows } = read ? await countRows(db, tenantId, row.id) : { items: 0 };
  return {
    ...{ ...row, ...state, progress: read ? 1 : (job?.progress ?? 0), madeAt: instant(madeAt), until: instant(until) },
    rows: read ? (rows as BankUpload['rows']) : null,
    items,
    reasons: read ? await reasonsOf(db, tenantId, row.id) : [],
    said: read && said ? BankFileSaid.parse(JSON.parse(said)) : null,
  };
}

/** SQL: which rows are shown under each name. */
export const SHOWN: Readonly<Record<BankRowShow, string>> = {
  rejected: `r.outcome = 'rejected' AND r.settled IS NULL`,
  mended: `r.settled = 'mended'`,
  dropped: `r.settled = 'dropped'`,
  repaired: `r.outcome = 'repaired'`,
  'left-out': 'r.left_out',
  duplicate: 'r.same_as IS NOT NULL',
  elsewhere: 'r.elsewhere',
  accepted: `r.outcome = 'accepted'`,
  all: 'true',
};
/** SQL: which rows are questions of the bank that it would be. */
export const IS_ITEM = `r.item IS NOT NULL AND r.same_as IS NULL`;

async function countRows(db: Queries, tenantId: TenantId, id: BankUploadId) {
  const counts = BANK_ROW_SHOWS.map((show) => `count(*) FILTER (WHERE ${SHOWN[show]})::int AS "${show}"`);
  const sql = `SELECT ${counts.join(', ')}, count(*) FILTER (WHERE ${IS_ITEM})::int AS items
    FROM bank_upload_rows r WHERE r.tenant_id = $1 AND r.upload_id = $2`;
  const row = await selectOne(db, z.record(z.string(), z.int()), sql, [tenantId, id]);
  return { ...row, items: row?.items ?? 0 };
}

async function reasonsOf(db: Queries, tenantId: TenantId, id: BankUploadId): Promise<BankUpload['reasons']> {
  const sql = `SELECT r.reason, count(*)::int AS rows FROM bank_upload_rows r
    WHERE r.tenant_id = $1 AND r.upload_id = $2 AND ${SHOWN.rejected} GROUP BY r.reason ORDER BY rows DESC, r.reason`;
  const found = await select(db, z.object({ reason: z.string(), rows: z.int() }), sql, [tenantId, id]);
  return found.map(({ reason, rows }) => ({ reason, rows, words: problemOf(reason).words }));
}
