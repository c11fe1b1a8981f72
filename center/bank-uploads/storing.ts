import { z } from 'zod';
import type { BankFileSaid } from '../../contract/platform/bank-uploads.ts';
import type { BankUploadId, Sha256, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import type { Mends } from './stored-rows.ts';
import { KeptRow } from './written.ts';

type Upload = { readonly tenantId: TenantId; readonly id: BankUploadId };

const Mend = z.object({ hash: z.string(), written: z.string() });

/** How rows of these hashes were mended; they are remembered longer by it. */
export async function takeMends(db: Queries, tenantId: TenantId, hashes: readonly Sha256[], now: Date): Promise<Mends> {
  const sql = `UPDATE bank_mends SET used_at = $3 WHERE tenant_id = $1 AND written_hash = ANY($2::text[])
    RETURNING written_hash AS hash, written`;
  const found = await select(db, Mend, sql, [tenantId, hashes, now.toISOString()]);
  return new Map(found.map(({ hash, written }) => [hash, KeptRow.parse(JSON.parse(written))]));
}

/** In place of those that there were. @param pieces rows as their table takes them, in JSON, some at a time */
export async function storeRows(db: Queries, { tenantId, id }: Upload, pieces: AsyncIterable<string>): Promise<void> {
  await db.query('DELETE FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2', [tenantId, id]);
  for await (const rows of pieces)
    await db.query(
      `INSERT INTO bank_upload_rows (tenant_id, upload_id, at, sheet, row, outcome, reason, said, stem, left_out, elsewhere,
         same_as, item, question, answer, written, written_hash, settled)
       SELECT $1, $2, * FROM json_to_recordset($3::json) AS r (at integer, sheet text, row integer, outcome text, reason text,
         said text, stem text, left_out boolean, elsewhere boolean, same_as integer, item text, question text, answer text,
         written text, written_hash text, settled text)`,
      [tenantId, id, rows],
    );
}

type Read = Upload & { readonly said: BankFileSaid; readonly pictures: readonly Sha256[] };

/** Its rows may be seen from now on. */
export async function markRead(db: Queries, { tenantId, id, said, pictures }: Read): Promise<void> {
  const sql = `UPDATE bank_uploads SET state = 'read', reason = NULL, said = $3,
      picture_hashes = ARRAY(SELECT DISTINCT unnest(picture_hashes || $4::text[]))
    WHERE tenant_id = $1 AND id = $2`;
  await db.query(sql, [tenantId, id, JSON.stringify(said), pictures]);
}
