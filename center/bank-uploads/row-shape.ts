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
    version: z.string(),
    /** Which row asked the same before. */
    sameAs: z.int().nullable(),
  })
  .readonly();
export type RowRow = z.infer<typeof RowRow>;

export const ROW = `at, sheet, row, outcome, settled, stem, said, reason, same_as AS "sameAs",
  md5(coalesce(settled, '') || ' ' || coalesce(written, '')) AS version`;

/** Where a row is that asked the same before, and what. */
export const First = z.object({ at: z.int(), sheet: z.string(), row: z.int(), stem: z.string() }).readonly();
export type First = z.infer<typeof First>;

const isReason = (word: string): word is RowReason => word in bankRowWords;

/** Why a row is no question, in words. A reason of another version of the program is told by its name. */
export function problemOf(reason: string, why: RowSaid['problem'] = {}): NonNullable<BankUploadRow['problem']> {
  const words = isReason(reason) ? bankRowWords[reason] : { zh: reason };
  const part = isReason(reason) ? PART_OF[reason] : undefined;
  return { reason, words, ...(part ? { part } : {}), ...why };
}

export function shownRow({ said, reason, sameAs: _, stem, ...row }: RowRow, first: First | undefined): BankUploadRow {
  const { problem: why, ...rest } = RowSaid.parse(JSON.parse(said));
  const sameAs = first ? { sheet: first.sheet, row: first.row } : null;
  const problem = reason === null ? null : problemOf(reason, why);
  return { ...row, ...rest, stem: stem || (first?.stem ?? ''), sameAs, problem };
}
