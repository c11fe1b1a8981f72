import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../../contract/words/reasons.ts';
import { type PlainCell, plainCell } from './cells.ts';
import { readCsvCells } from './csv.ts';
import { mustBeNoOther } from './other-formats.ts';
import { openXlsx } from './xlsx.ts';

/** A row of the first sheet that holds anything. */
export type TableRow = { readonly row: number /** As Excel shows it. */; readonly cells: readonly PlainCell[] };

/** Others wait no longer for a turn than so many rows take. */
const ROWS_AT_ONCE = 500;

/**
 * The rows of a table that somebody keeps in Excel or as CSV: of a workbook, those of its first sheet. Blank rows are left out.
 * @throws Refusal `not-a-workbook` where it is neither, or has more than `most` rows
 */
export async function readTable(bytes: Uint8Array, most: number): Promise<readonly TableRow[]> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  mustBeNoOther(bytes);
  const found: TableRow[] = [];
  let row = 0;
  for (const cells of isZip ? firstSheet(bytes) : readCsvCells(bytes)) {
    row += 1;
    if (row % ROWS_AT_ONCE === 0) await setImmediate();
    if (cells.every((cell) => cell === null || cell === undefined || cell === '')) continue;
    if (found.length === most) throw new Refusal('not-a-workbook', `more than ${most} rows`);
    found.push({ row, cells });
  }
  return found;
}

function* firstSheet(bytes: Uint8Array): Generator<readonly PlainCell[]> {
  const first = openXlsx(bytes).find(({ hasNoCells }) => !hasNoCells);
  for (const cells of first?.rows ?? []) yield cells.map(plainCell);
}
