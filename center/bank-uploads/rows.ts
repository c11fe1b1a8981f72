import { z } from 'zod';
import type { BankRowShow, BankUploadRow, WrittenQuestion } from '../../contract/platform/bank-uploads.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { BankUploadId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { cursorOf, readCursor } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { First, ROW, RowRow, shownRow } from './row-shape.ts';
import { mustBeRead, SHOWN } from './uploads.ts';
import { KeptRow, toForm } from './written.ts';

export type RowPlace = { readonly id: BankUploadId; readonly at: number };

type RowsWish = {
  readonly id: BankUploadId;
  readonly show: BankRowShow;
  readonly reason?: string | undefined;
  readonly after?: Cursor | undefined;
  readonly size: number;
};

/** Rows of an upload in the order of its file. @throws Refusal `bank-upload-unknown`, `bank-upload-unread` */
export async function listBankRows(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { id, show, reason, after, size }: RowsWish,
): Promise<{ readonly rows: readonly BankUploadRow[]; readonly next: Cursor | null }> {
  mustManage(actor, tenantId);
  await mustBeRead(db, tenantId, id);
  const [from] = after ? readCursor(after, z.tuple([z.int32()])) : [-1];
  const sql = `SELECT ${ROW} FROM bank_upload_rows r
    WHERE r.tenant_id = $1 AND r.upload_id = $2 AND r.at > $3 AND ${SHOWN[show]} AND ($4::text IS NULL OR r.reason = $4)
    ORDER BY r.at LIMIT $5`;
  const rows = await select(db, RowRow, sql, [tenantId, id, from, reason ?? null, size + 1]);
  const page = await shownRows(db, tenantId, id, rows.slice(0, size));
  const last = page.at(-1);
  return { rows: page, next: last && rows.length > size ? cursorOf([last.at]) : null };
}

/** @throws Refusal `bank-upload-unknown` */
export async function mustHaveRow(db: Queries, tenantId: TenantId, { id, at }: RowPlace): Promise<BankUploadRow> {
  const sql = `SELECT ${ROW} FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND at = $3`;
  const [row] = await shownRows(db, tenantId, id, await select(db, RowRow, sql, [tenantId, id, at]));
  if (!row) throw new Refusal('bank-upload-unknown', 'it has no such row');
  return row;
}

async function shownRows(
  db: Queries,
  tenantId: TenantId,
  id: BankUploadId,
  rows: readonly RowRow[],
): Promise<readonly BankUploadRow[]> {
  const named = [...new Set(rows.flatMap(({ sameAs }) => sameAs ?? []))];
  const sql = `SELECT at, sheet, row, stem FROM bank_upload_rows
    WHERE tenant_id = $1 AND upload_id = $2 AND at = ANY($3::int[])`;
  const found = named.length > 0 ? await select(db, First, sql, [tenantId, id, named]) : [];
  const firsts = new Map(found.map((first) => [first.at, first]));
  return rows.map((row) => shownRow(row, row.sameAs === null ? undefined : firsts.get(row.sameAs)));
}

/** What stands in a row, or what somebody made of it last. */
export async function keptRow(db: Queries, tenantId: TenantId, { id, at }: RowPlace): Promise<KeptRow | undefined> {
  const sql = 'SELECT written FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2 AND at = $3';
  const row = await selectOne(db, z.object({ written: z.string().nullable() }), sql, [tenantId, id, at]);
  return row?.written ? KeptRow.parse(JSON.parse(row.written)) : undefined;
}

/** One row, and what a form for it begins with. @throws Refusal as {@link listBankRows} */
export async function readBankRow(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  place: RowPlace,
): Promise<{ readonly row: BankUploadRow; readonly written: WrittenQuestion | null }> {
  mustManage(actor, tenantId);
  await mustBeRead(db, tenantId, place.id);
  const row = await mustHaveRow(db, tenantId, place);
  const written = await keptRow(db, tenantId, place);
  return { row, written: written ? toForm(written) : null };
}
