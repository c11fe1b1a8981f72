import { z } from 'zod';
import { PART_OF, type RowReason } from '../../authoring/import/index.ts';
import { BankUploadRow } from '../../contract/platform/bank-uploads.ts';
import { bankRowWords } from '../../messages/bank-rows.ts';

const { problem, repairs, leftOut, strayPicture, elsewhere, outcome, settled } = BankUploadRow.unwrap().shape;

/** What is said of a row beside what it is found by. */
export const RowSaid = z
  .object({
    problem: problem.unwrap().unwrap().omit({ reason: true, words: true, part: true }).optional(),
    ...{ repairs, leftOut, strayPicture, elsewhere },
  })
  .readonly();
export type RowSaid = z.infer<typeof RowSaid>;

/** A row as it is kept. */
export const RowRow = z
  .object({
    ...{ at: z.int(), sheet: z.string(), row: z.int(), outcome, settled, stem: z.string(), said: z.string() },
    reason: z.string().nullable(),
    /** Of the row that asked the same before. */
    ...{ sameSheet: z.string().nullable(), sameRow: z.int().nullable() },
  })
  .readonly();
export type RowRow = z.infer<typeof RowRow>;

/** With the row `s` that asked the same before. */
export const ROW = `r.at, r.sheet, r.row, r.outcome, r.settled, coalesce(nullif(r.stem, ''), s.stem, '') AS stem, r.said, r.reason, s.sheet AS "sameSheet", s.row AS "sameRow"`;
export const ROWS = `bank_upload_rows r LEFT JOIN bank_upload_rows s
  ON s.tenant_id = r.tenant_id AND s.upload_id = r.upload_id AND s.at = r.same_as`;

const isReason = (word: string): word is RowReason => word in bankRowWords;

/** Why a row is no question, in words. A reason of another version of the program is told by its name. */
export function problemOf(reason: string, why: RowSaid['problem'] = {}): NonNullable<BankUploadRow['problem']> {
  const words = isReason(reason) ? bankRowWords[reason] : { zh: reason };
  const part = isReason(reason) ? PART_OF[reason] : undefined;
  return { reason, words, ...(part ? { part } : {}), ...why };
}

export function shownRow({ said, reason, sameSheet, sameRow, ...row }: RowRow): BankUploadRow {
  const { problem: why, ...rest } = RowSaid.parse(JSON.parse(said));
  const sameAs = sameSheet === null || sameRow === null ? null : { sheet: sameSheet, row: sameRow };
  return { ...row, ...rest, sameAs, problem: reason === null ? null : problemOf(reason, why) };
}
