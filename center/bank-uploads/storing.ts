import { z } from 'zod';
import { readWritten } from '../../authoring/import/index.ts';
import type { BankFileSaid } from '../../contract/platform/bank-uploads.ts';
import type { BankUploadId, ExamId, Sha256, TenantId } from '../../contract/words/ids.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { type Queries, select } from '../database/index.ts';
import type { ReadRow } from './reading.ts';
import { shortly } from './reading.ts';
import type { RowSaid } from './row-shape.ts';
import { KeptRow, picturesIn, unkeep } from './written.ts';

/** The same question in a bank that an exam of the firm draws from. */
export type Elsewhere = { readonly examId: ExamId; readonly title: Localized; readonly sameKey: boolean };

/** A row as it goes into its table. */
type Stored = {
  readonly at: number;
  readonly sheet: string;
  readonly row: number;
  readonly outcome: 'accepted' | 'repaired' | 'rejected';
  readonly reason: string | null;
  readonly said: RowSaid;
  readonly stem: string;
  readonly sameAs: number | null;
  readonly item: unknown;
  readonly question: string | null;
  readonly answer: string | null;
  readonly written: KeptRow | null;
  readonly hash: Sha256 | null;
  readonly settled: 'mended' | null;
};

export function storedRows(
  rows: readonly ReadRow[],
  elsewhere: ReadonlyMap<number, readonly Elsewhere[]>,
): readonly Stored[] {
  return rows.map(({ sheet, row, problem, repairs, leftOut, strayPicture, stem, asked, sameAs, written }, at) => {
    const { reason = null, ...why } = problem ?? {};
    const outcome = reason ? 'rejected' : repairs.length > 0 ? 'repaired' : 'accepted';
    const said = { problem: why, repairs, leftOut, strayPicture, elsewhere: elsewhere.get(at) ?? [] };
    const { item = null, question = null, answer = null } = asked ?? {};
    return {
      ...{ at, sheet, row, outcome, reason, said, stem, sameAs: sameAs ?? null, item, question, answer, settled: null },
      ...{ written: written?.row ?? null, hash: written?.hash ?? null },
    };
  });
}

type Mending = {
  readonly tenantId: TenantId;
  readonly file: string;
  readonly pictures: ReadonlyMap<Sha256, Uint8Array>;
  readonly now: Date;
};

/**
 * Rows that say what rows of an earlier upload said are mended as those were: read again by the rules of today, and left alone where
 * they contradict what is there now.
 */
export async function mendedBefore(
  tx: Queries,
  rows: readonly Stored[],
  { tenantId, file, pictures, now }: Mending,
): Promise<readonly Stored[]> {
  const mends = await takeMends(tx, tenantId, [...new Set(rows.flatMap(({ hash }) => hash ?? []))], now);
  if (mends.size === 0) return rows;
  const asked = new Map<string, { readonly answer: string | null; readonly at: number }>();
  for (const { question, answer, at } of rows) if (question) asked.set(question, { answer, at });
  const mended: Stored[] = [];
  for (const row of rows) {
    const written = row.hash ? mends.get(row.hash) : undefined;
    const again = written && row.reason ? await readAgain(row, written, { file, pictures }) : undefined;
    const before = again ? asked.get(again.question) : undefined;
    if (!written || !again || (before && before.answer !== again.answer)) {
      mended.push(row);
      continue;
    }
    const { item, question, answer } = again;
    if (!before) asked.set(question, { answer, at: row.at });
    mended.push({
      ...row,
      item,
      question,
      answer,
      sameAs: before?.at ?? null,
      settled: 'mended',
      stem: shortly(item.stem.zh),
      written,
    });
  }
  return mended;
}

async function readAgain(
  { sheet, row }: Stored,
  written: KeptRow,
  { file, pictures }: Pick<Mending, 'file' | 'pictures'>,
) {
  if (picturesIn([written]).some((hash) => !pictures.has(hash))) return undefined;
  const read = await readWritten(unkeep(written, pictures), { file, sheet, row });
  return read.ok ? read : undefined;
}

const Mend = z.object({ hash: z.string(), written: z.string() });

async function takeMends(
  tx: Queries,
  tenantId: TenantId,
  hashes: readonly Sha256[],
  now: Date,
): Promise<ReadonlyMap<string, KeptRow>> {
  const sql = `UPDATE bank_mends SET used_at = $3 WHERE tenant_id = $1 AND written_hash = ANY($2::text[])
    RETURNING written_hash AS hash, written`;
  const found = await select(tx, Mend, sql, [tenantId, hashes, now.toISOString()]);
  return new Map(found.map(({ hash, written }) => [hash, KeptRow.parse(JSON.parse(written))]));
}

/** As many go into one statement. */
const AT_ONCE = 500;

/** In place of those that there were. */
export async function storeRows(
  tx: Queries,
  { tenantId, id }: { readonly tenantId: TenantId; readonly id: BankUploadId },
  rows: readonly Stored[],
): Promise<void> {
  await tx.query('DELETE FROM bank_upload_rows WHERE tenant_id = $1 AND upload_id = $2', [tenantId, id]);
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx.query(
      `INSERT INTO bank_upload_rows (tenant_id, upload_id, at, sheet, row, outcome, reason, said, stem, left_out, elsewhere,
         same_as, item, question, answer, written, written_hash, settled)
       SELECT $1, $2, * FROM json_to_recordset($3::json) AS r (at integer, sheet text, row integer, outcome text, reason text,
         said text, stem text, left_out boolean, elsewhere boolean, same_as integer, item text, question text, answer text,
         written text, written_hash text, settled text)`,
      [tenantId, id, JSON.stringify(rows.slice(from, from + AT_ONCE).map(columnsOf))],
    );
}

const columnsOf = ({ said, item, written, hash, sameAs, ...row }: Stored) => ({
  ...row,
  said: JSON.stringify(said),
  left_out: said.leftOut.length > 0 || said.strayPicture,
  elsewhere: said.elsewhere.length > 0,
  ...{ same_as: sameAs, written_hash: hash },
  item: item && JSON.stringify(item),
  written: written && JSON.stringify(written),
});

type Read = {
  readonly tenantId: TenantId;
  readonly id: BankUploadId;
  readonly said: BankFileSaid;
  readonly pictures: readonly Sha256[];
};

/** @returns whether it is there still: somebody may have thrown it away meanwhile */
export async function markRead(tx: Queries, { tenantId, id, said, pictures }: Read): Promise<boolean> {
  const sql = `UPDATE bank_uploads SET state = 'read', reason = NULL, said = $3,
      picture_hashes = ARRAY(SELECT DISTINCT unnest(picture_hashes || $4::text[]))
    WHERE tenant_id = $1 AND id = $2 RETURNING id`;
  return (await tx.query(sql, [tenantId, id, JSON.stringify(said), pictures])).length > 0;
}
