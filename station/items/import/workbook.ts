import type { Layout } from './headings.ts';
import type { Place, ReadRow, SkippedSheet } from './report.ts';
import { readItem } from './row-item.ts';
import { NO_ROW_PICTURES, sortPictures } from './row-pictures.ts';
import { readSheet, type Sheet } from './sheets.ts';
import { readXlsx } from './xlsx.ts';

export type Source = {
  readonly rows: readonly ReadRow[];
  readonly skippedSheets: readonly SkippedSheet[];
  /** Where pictures lie that no question speaks of. */
  readonly strayPictures?: readonly Place[];
};

/**
 * The rows of an Excel workbook, wherever its columns stand and however its options are written.
 * @param onProgress the part of the file that has been read, 0..1
 * @throws Refusal `not-a-workbook` (not an xlsx / unreadable)
 */
export const readWorkbookRows = (bytes: Uint8Array, _: string, onProgress?: (part: number) => void): Source =>
  readSheets(readXlsx(bytes, onProgress));

/** Sheets in order: one without headings goes on under those of the last that had some. */
export function readSheets(sheets: readonly Sheet[]): Source {
  let layout: Layout | undefined;
  const skippedSheets: SkippedSheet[] = [];
  const strayPictures: Place[] = [];
  const rows: ReadRow[] = [];
  for (const sheet of sheets) {
    const read = readSheet(sheet, layout);
    layout = read.layout;
    if (read.skipped) skippedSheets.push({ sheet: sheet.sheet, reason: read.skipped });
    const stems = read.rows.map(({ stem }) => stem);
    const pictures = sortPictures(sheet.pictures ?? [], read.rows);
    strayPictures.push(...pictures.strays);
    for (const [at, { sheet: name, row, columns }] of read.rows.entries()) {
      const reading = readItem(read.rows, stems, at, pictures.rows.get(row) ?? NO_ROW_PICTURES);
      rows.push({ sheet: name, row, columns, reading });
    }
  }
  return { rows, skippedSheets, strayPictures };
}
