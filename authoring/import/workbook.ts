import type { Cell } from './cells.ts';
import type { GivenColumns } from './columns.ts';
import type { Layout } from './headings.ts';
import { readItem } from './row-item.ts';
import { NO_ROW_PICTURES, type RowPictures, sortPictures } from './row-pictures.ts';
import { type ItemRow, readSheet, type SheetEnd } from './sheets.ts';
import type { Place, ReadRow, SkippedSheet, Source } from './source.ts';
import { writtenIn } from './written-in.ts';
import type { WrittenRow } from './written-row.ts';
import { openXlsx, type SheetSource, takeOutNamed } from './xlsx.ts';
import type { PlacedPicture } from './xlsx-pictures.ts';

/** How a bank is read. */
export type Reading = {
  readonly onProgress?: ((part: number) => void) | undefined;
  /** Where things stand, for who does not want headings to say it. */
  readonly columns?: GivenColumns | undefined;
  /** Whether what the workbook does not show is read as well. */
  readonly hidden?: boolean | undefined;
};

/**
 * The rows of an Excel workbook, wherever its columns stand and however its options are written.
 * `onProgress` is told the part of the file that has been read, 0..1.
 * @throws Refusal `not-a-workbook` (not an xlsx / unreadable), also while rows are read
 */
export const readWorkbookRows = (bytes: Uint8Array, _: string, { onProgress, columns }: Reading): Source =>
  readSheets(openXlsx(bytes, onProgress), columns);

/** Sheets in order: one without headings goes on under those of the last that had some. */
export function readSheets(sheets: readonly SheetSource[], columns?: GivenColumns): Source {
  const skippedSheets: SkippedSheet[] = [];
  const strayPictures: Place[] = [];
  function* rowsOf(): Generator<ReadRow> {
    let layout: Layout | undefined;
    for (const sheet of sheets) {
      const inCells = new Map<number, readonly PlacedPicture[]>();
      const read = readSheet(sheet.sheet, withoutNamed(sheet, inCells), layout, columns);
      const end =
        sheet.pictures.length > 0
          ? yield* illustratedRows(read, sheet.pictures, inCells, strayPictures)
          : yield* readRows(read, (row) => picturesInCells(row, inCells));
      layout = end.layout;
      if (end.skipped) skippedSheets.push({ sheet: sheet.sheet, reason: end.skipped });
    }
  }
  return { rows: rowsOf(), skippedSheets, strayPictures };
}

/** The rows of a sheet without the pictures that are in their cells, which go to `found` by row, from 0. */
function* withoutNamed({ rows, named }: SheetSource, found: Map<number, readonly PlacedPicture[]>): Generator<Cell[]> {
  let at = 0;
  for (const cells of rows) {
    const pictures = takeOutNamed(cells, at, named);
    if (pictures.length > 0) found.set(at, pictures);
    at += 1;
    yield cells;
  }
}

function picturesInCells(row: ItemRow, inCells: Map<number, readonly PlacedPicture[]>): RowPictures {
  const pictures = inCells.get(row.row - 1);
  inCells.delete(row.row - 1);
  return (pictures && sortPictures(pictures, [row]).rows.get(row.row)) ?? NO_ROW_PICTURES;
}

type SheetReading = ReturnType<typeof readSheet>;

/** A sheet on which pictures lie is read whole: which row one belongs to, the rows beside say. */
function* illustratedRows(
  read: SheetReading,
  lying: readonly PlacedPicture[],
  inCells: ReadonlyMap<number, readonly PlacedPicture[]>,
  strays: Place[],
): Generator<ReadRow, SheetEnd> {
  const rows: ItemRow[] = [];
  let next = read.next();
  for (; !next.done; next = read.next()) rows.push(next.value);
  const sorted = sortPictures([...lying, ...[...inCells.values()].flat()], rows);
  strays.push(...sorted.strays);
  yield* readRows(rows.values(), ({ row }) => sorted.rows.get(row) ?? NO_ROW_PICTURES);
  return next.value;
}

/** So many rows before and behind say what a row alone does not: whether it is numbered, whether it is torn. */
const BESIDE = 2;

function* readRows<End>(
  rows: Iterator<ItemRow, End>,
  picturesOf: (row: ItemRow) => RowPictures,
): Generator<ReadRow, End> {
  let near: ItemRow[] = [];
  let at = 0;
  const one = (): ReadRow => {
    const row = near[at] as ItemRow;
    const stems = near.map(({ stem }) => stem);
    const pictures = picturesOf(row);
    const reading = readItem(near, stems, at, pictures);
    const written = (): WrittenRow => writtenIn(row, pictures);
    return { sheet: row.sheet, row: row.row, columns: row.columns, reading, written };
  };
  let next = rows.next();
  for (; !next.done; next = rows.next()) {
    near.push(next.value);
    if (near.length <= at + BESIDE) continue;
    yield one();
    at += 1;
    const far = Math.max(0, at - BESIDE);
    near = near.slice(far);
    at -= far;
  }
  for (; at < near.length; at += 1) yield one();
  return next.value;
}
