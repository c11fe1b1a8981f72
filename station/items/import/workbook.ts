import readWorkbook from 'read-excel-file/node';
import { Refusal } from '../../../contract/reasons.ts';
import type { Layout } from './headings.ts';
import type { ReadRow, SkippedSheet } from './report.ts';
import { readItem } from './row-item.ts';
import { readSheet, type Sheet } from './sheets.ts';

export type Source = { readonly rows: readonly ReadRow[]; readonly skippedSheets: readonly SkippedSheet[] };

/**
 * The rows of an Excel workbook, wherever its columns stand and however its options are written.
 * @throws Refusal `not-a-workbook` (not an xlsx / unreadable)
 */
export async function readWorkbookRows(bytes: Uint8Array): Promise<Source> {
  try {
    // The reader's types say `typeof Date` where they mean a Date.
    return readSheets((await readWorkbook(Buffer.from(bytes), { trim: false })) as unknown as readonly Sheet[]);
  } catch (cause) {
    throw new Refusal('not-a-workbook', cause instanceof Error ? cause.message : undefined);
  }
}

/** Sheets in order: one without headings goes on under those of the last that had some. */
export function readSheets(sheets: readonly Sheet[]): Source {
  let layout: Layout | undefined;
  const skippedSheets: SkippedSheet[] = [];
  const rows: ReadRow[] = [];
  for (const sheet of sheets) {
    const read = readSheet(sheet, layout);
    layout = read.layout;
    if (read.skipped) skippedSheets.push({ sheet: sheet.sheet, reason: read.skipped });
    const stems = read.rows.map(({ stem }) => stem);
    for (const [at, { sheet: name, row, cells }] of read.rows.entries())
      rows.push({ sheet: name, row, cells, reading: readItem(read.rows, stems, at) });
  }
  return { rows, skippedSheets };
}
