import { z } from 'zod';
import { type Rewritten, readWritten } from '../../authoring/import/index.ts';
import type {
  BankRowPlace,
  BankRowProblem,
  BankUploadRow,
  WrittenQuestion,
} from '../../contract/platform/bank-uploads.ts';
import type { Sha256, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import type { Objects } from '../objects/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { drawnBanks } from './drawn-banks.ts';
import { elsewhereIn } from './elsewhere.ts';
import { readPictureOf } from './kept.ts';
import { shortly } from './reading.ts';
import { problemOf, RowSaid } from './row-shape.ts';
import { keptRow, mustHaveRow, type RowPlace } from './rows.ts';
import { storable } from './storable.ts';
import { keptUntil, mustBeRead } from './uploads.ts';
import { fromForm, type KeptRow, picturesIn, unkeep } from './written.ts';

type At = Pick<Center, 'db' | 'objects' | 'now'>;
/** A row, and as which it was shown to whoever does something with it. */
type MeantRow = RowPlace & { readonly of?: BankRowPlace | undefined; readonly version?: string | undefined };
type Mended = { readonly row: BankUploadRow; readonly problem: BankRowProblem | null };

/**
 * Writes a refused row anew. It is read by the rules that read the file; where something is wrong still, nothing is changed, and what
 * it is is said.
 * @throws Refusal `bank-upload-unknown` (also of a row that was not refused), `bank-upload-unread`, `picture-missing`,
 * `bank-row-moved` where the file was read again and has another row there, `bank-row-changed` where somebody has settled it since it was shown
 */
export async function mendBankRow(
  actor: Manager,
  { db, objects, now }: At,
  tenantId: TenantId,
  { id, at, of, version, written }: MeantRow & { readonly written: WrittenQuestion },
): Promise<Mended> {
  mustManage(actor, tenantId);
  const { file, hashes } = await mustBeRead(db, tenantId, id);
  const { sheet, row } = await mustHaveRefused(db, tenantId, { id, at, of, version });
  const kept = fromForm(written, await keptRow(db, tenantId, { id, at }));
  const bytes = await picturesOf(objects, { id, at }, kept, hashes);
  const read = await readWritten(unkeep(kept, bytes), { file, sheet, row });
  const still = async (problem: BankRowProblem) => ({ row: await mustHaveRow(db, tenantId, { id, at }), problem });
  if (!read.ok) return still(problemAgain(read));
  // A row that is mended is held against the firm's banks like one that was read well at once.
  const elsewhere = await elsewhereIn(drawnBanks(actor, db, tenantId), read);
  const isMended = await changingRow(actor, { db, now }, tenantId, { id, at }, async (tx) => {
    await mustBeRead(tx, tenantId, id, 'lock');
    // Read again meanwhile, with what it hides, it has another row there.
    await mustHaveRefused(tx, tenantId, { id, at, of: { sheet, row }, version });
    await leaveQuestion(tx, tenantId, { id, at });
    const first = await firstAsking(tx, tenantId, { id, at }, read.question);
    if (first && first.answer !== read.answer) return false;
    await keepMended(tx, tenantId, { id, at }, { read, kept, elsewhere, sameAs: first?.at ?? null });
    await rememberMend(tx, tenantId, { id, at }, kept, now());
    return true;
  });
  if (!isMended) return still(problemOf('key-contradicted'));
  return { row: await mustHaveRow(db, tenantId, { id, at }), problem: null };
}

/** Drops a refused row, or opens again what was dropped or mended. @throws Refusal as {@link mendBankRow} */
export async function settleBankRow(
  actor: Manager,
  { db, now }: Pick<At, 'db' | 'now'>,
  tenantId: TenantId,
  { id, at, of, version, dropped }: MeantRow & { readonly dropped: boolean },
): Promise<BankUploadRow> {
  mustManage(actor, tenantId);
  await mustHaveRefused(db, tenantId, { id, at, of, version });
  await changingRow(actor, { db, now }, tenantId, { id, at }, async (tx) => {
    await mustBeRead(tx, tenantId, id, 'lock');
    await mustHaveRefused(tx, tenantId, { id, at, of, version });
    await leaveQuestion(tx, tenantId, { id, at });
    await forgetMend(tx, tenantId, { id, at });
    const sql = `UPDATE bank_upload_rows SET settled = $4 WHERE tenant_id = $1 AND upload_id = $2 AND at = $3`;
    await tx.query(sql, [tenantId, id, at, dropped ? 'dropped' : null]);
  });
  return mustHaveRow(db, tenantId, { id, at });
}

async function mustHaveRefused(
  db: Queries,
  tenantId: TenantId,
  { of, version, ...place }: MeantRow,
): Promise<BankUploadRow> {
  const row = await mustHaveRow(db, tenantId, place);
  if (of && (of.sheet !== row.sheet || of.row !== row.row)) throw new Refusal('bank-row-moved');
  if (version !== undefined && version !== row.version) throw new Refusal('bank-row-changed');
  if (row.outcome !== 'rejected') throw new Refusal('bank-upload-unknown', 'this row was not refused');
  return row;
}

const problemAgain = ({ reason, construct, formula }: Extract<Rewritten, { ok: false }>): BankRowProblem =>
  problemOf(reason, { ...(construct ? { construct } : {}), ...(formula ? { formula } : {}) });

async function picturesOf(objects: Objects, { id }: RowPlace, kept: KeptRow, there: readonly Sha256[]) {
  const found = new Map<Sha256, Uint8Array>();
  for (const hash of picturesIn([kept])) {
    const bytes = there.includes(hash) ? await readPictureOf(objects, id, hash) : undefined;
    if (!bytes) throw new Refusal('picture-missing', hash);
    found.set(hash, bytes);
  }
  return found;
}

/** A row changes, who changed it is written down, and its upload is kept longer. */
const changingRow = <T>(
  actor: Manager,
  { db, now }: Pick<At, 'db' | 'now'>,
  tenantId: TenantId,
  { id, at }: RowPlace,
  work: (tx: Queries) => Promise<T>,
): Promise<T> => {
  const deed = { tenantId, what: 'bank-row-settled', subject: { kind: 'bank-upload', id: `${id}/${at}` } } as const;
  const state = async (tx: Queries) =>
    (
      await tx.query('SELECT item, settled FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND at = $3', [
        ...[tenantId, id, at],
      ])
    )[0];
  return changing(actor, db, deed, state, async (tx) => {
    const sql = 'UPDATE bank_uploads SET expires_at = $3 WHERE tenant_id = $1 AND id = $2';
    await tx.query(sql, [tenantId, id, keptUntil(now())]);
    return work(tx);
  });
};

/** What it asked, where it was mended, the next that asks the same asks from now on. */
async function leaveQuestion(tx: Queries, tenantId: TenantId, { id, at }: RowPlace): Promise<void> {
  const of = [tenantId, id, at];
  const sql = `SELECT min(at) AS at FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND same_as = $3`;
  const next = (await selectOne(tx, z.object({ at: z.int().nullable() }), sql, of))?.at ?? null;
  if (next !== null)
    await tx.query(
      `UPDATE bank_upload_rows SET same_as = CASE WHEN at = $4 THEN NULL ELSE $4 END
       WHERE tenant_id = $1 AND upload_id = $2 AND same_as = $3`,
      [...of, next],
    );
  const said = await saidOfRow(tx, tenantId, { id, at });
  await tx.query(
    `UPDATE bank_upload_rows SET settled = NULL, item = NULL, question = NULL, answer = NULL, same_as = NULL, elsewhere = false,
       said = $4
     WHERE tenant_id = $1 AND upload_id = $2 AND at = $3`,
    [...of, storable({ ...said, repairs: [], elsewhere: [] })],
  );
}

const First = z.object({ at: z.int(), answer: z.string() });

async function firstAsking(tx: Queries, tenantId: TenantId, { id, at }: RowPlace, question: string) {
  const sql = `SELECT at, answer FROM bank_upload_rows
    WHERE tenant_id = $1 AND upload_id = $2 AND question = $3 AND same_as IS NULL AND at <> $4 ORDER BY at LIMIT 1`;
  return (await select(tx, First, sql, [tenantId, id, question, at]))[0];
}

type Keeping = {
  readonly read: Extract<Rewritten, { ok: true }>;
  readonly kept: KeptRow;
  readonly elsewhere: BankUploadRow['elsewhere'];
  readonly sameAs: number | null;
};

async function keepMended(
  tx: Queries,
  tenantId: TenantId,
  { id, at }: RowPlace,
  { read, kept, elsewhere, sameAs }: Keeping,
): Promise<void> {
  const { item, question, answer, repairs } = read;
  const said = await saidOfRow(tx, tenantId, { id, at });
  await tx.query(
    `UPDATE bank_upload_rows SET settled = 'mended', item = $4, question = $5, answer = $6, same_as = $7, written = $8, stem = $9,
       said = $10, elsewhere = $11
     WHERE tenant_id = $1 AND upload_id = $2 AND at = $3`,
    [
      ...[tenantId, id, at, JSON.stringify(item), question, answer, sameAs, storable(kept)],
      ...[shortly(item.stem.zh), storable({ ...said, repairs, elsewhere }), elsewhere.length > 0],
    ],
  );
}

async function saidOfRow(tx: Queries, tenantId: TenantId, { id, at }: RowPlace): Promise<RowSaid | undefined> {
  const sql = 'SELECT said FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND at = $3';
  const row = await selectOne(tx, z.object({ said: z.string() }), sql, [tenantId, id, at]);
  return row && RowSaid.parse(JSON.parse(row.said));
}

/** What stood in the file, and what it was mended to, for when it is uploaded again. */
async function rememberMend(tx: Queries, tenantId: TenantId, { id, at }: RowPlace, kept: KeptRow, now: Date) {
  await tx.query(
    `INSERT INTO bank_mends (tenant_id, written_hash, written, used_at)
     SELECT tenant_id, written_hash, $4, $5 FROM bank_upload_rows
     WHERE tenant_id = $1 AND upload_id = $2 AND at = $3 AND written_hash IS NOT NULL
     ON CONFLICT (tenant_id, written_hash) DO UPDATE SET written = excluded.written, used_at = excluded.used_at`,
    [tenantId, id, at, storable(kept), now.toISOString()],
  );
}

async function forgetMend(tx: Queries, tenantId: TenantId, { id, at }: RowPlace): Promise<void> {
  await tx.query(
    `DELETE FROM bank_mends WHERE tenant_id = $1 AND written_hash = (
       SELECT written_hash FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND at = $3)`,
    [tenantId, id, at],
  );
}
