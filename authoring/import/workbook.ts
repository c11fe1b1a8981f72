import { takeOutNamed } from './cell-pictures.ts';
import type { Cell } from './cells.ts';
import type { GivenColumns } from './columns.ts';
import type { PlacedPicture } from './drawing.ts';
import type { DrawnPicture } from './drawn-picture.ts';
import type { Layout } from './headings.ts';
import { hiddenIn, type SeenRows, seenRows } from './hidden.ts';
import { isLiteral, readLiteral } from './literal-row.ts';
import { edited } from './picture-edit.ts';
import { readItem } from './row-item.ts';
import { NO_ROW_PICTURES, type RowPictures, sortPictures } from './row-pictures.ts';
import { type ItemRow, readSheet, type SheetEnd } from './sheets.ts';
import type { Hidden, Place, ReadRow, SkippedSheet, Source } from './source.ts';
import { writtenIn } from './written-in.ts';
import type { WrittenRow } from './written-row.ts';
import { openXlsx, type SheetSource } from './xlsx.ts';

/** How a bank is read. */
export type Reading = {
  readonly onProgress?: ((part: number) => void) | undefined;
  /** Where things stand, for who does not want headings to say it. */
  readonly columns?: GivenColumns | undefined;
  /** Rows and sheets that nobody sees are read too. */
  readonly hidden?: boolean | undefined;
};

/**
 * The rows of an Excel workbook, wherever its columns stand and however its options are written.
 * `onProgress` is told the part of the file that has been read, 0..1.
 * @throws Refusal `not-a-workbook` (not an xlsx / unreadable), also while rows are read
 */
export async function readWorkbookRows(
  bytes: Uint8Array,
  _: string,
  { onProgress, ...reading }: Reading,
): Promise<Source> {
  const sheets = openXlsx(bytes, onProgress);
  const named = new Map<string, DrawnPicture>();
  for (const [name, picture] of sheets[0]?.named ?? []) named.set(name, await asSeen(picture));
  const seen: SheetSource[] = [];
  for (const sheet of sheets) {
    const pictures: PlacedPicture[] = [];
    for (const picture of sheet.pictures) pictures.push(await asSeen(picture));
    seen.push({ ...sheet, pictures, named });
  }
  return readSheets(seen, reading);
}

/** A picture with the bytes that show what is seen of it. */
async function asSeen<T extends DrawnPicture>(picture: T): Promise<T> {
  const { bytes, edit, unclear } = picture;
  return bytes && edit && !unclear ? { ...picture, bytes: await edited(bytes, edit) } : picture;
}

/**
 * Sheets in order: one without headings goes on under those of the last that had some. What nobody sees is left out, and told of: rows and
 * sheets that are hidden hold what somebody took out. A hidden column belongs to rows that are seen.
 */
export function readSheets(sheets: readonly SheetSource[], { columns, hidden: wanted = false }: Reading = {}): Source {
  const skippedSheets: SkippedSheet[] = [];
  const strayPictures: Place[] = [];
  const hidden: Hidden[] = [];
  function* rowsOf(): Generator<ReadRow> {
    let layout: Layout | undefined;
    for (const sheet of sheets) {
      if (sheet.hasNoCells) {
        skippedSheets.push({ sheet: sheet.sheet, reason: 'no-cells' });
        continue;
      }
      const seen = seenRows(sheet, wanted);
      if (sheet.isHidden && !wanted) for (const _ of seen.rows);
      else layout = yield* rowsOfSheet(sheet, seen, layout);
      hidden.push(...hiddenIn(sheet, seen.count, layout, wanted));
    }
  }
  function* rowsOfSheet(
    { sheet, pictures, named, inCells: own }: SheetSource,
    { rows, mergedIn }: SeenRows,
    layout: Layout | undefined,
  ): Generator<ReadRow, Layout | undefined> {
    const inCells = new Map<number, readonly PlacedPicture[]>();
    const read = readSheet(sheet, withoutNamed({ rows, named, inCells: own }, inCells), layout, columns, mergedIn);
    const end =
      pictures.length > 0
        ? yield* illustratedRows(read, pictures, inCells, strayPictures)
        : yield* readRows(read, (row) => picturesInCells(row, inCells));
    if (end.skipped) skippedSheets.push({ sheet, reason: end.skipped });
    return end.layout;
  }
  return { rows: rowsOf(), skippedSheets, strayPictures, hidden };
}

/** A sheet that is nothing but cells, and pictures that lie in them. */
export const plainSheet = (
  sheet: string,
  rows: Iterable<Cell[]>,
  pictures: readonly PlacedPicture[] = [],
): SheetSource => ({
  ...{ sheet, rows, pictures, isHidden: false, hasNoCells: false },
  unseen: { rows: new WeakSet(), columns: new Set() },
  ...{ merges: [], inCells: new Map(), named: new Map() },
});

/** The rows of a sheet without the pictures that are in their cells, which go to `found` by row, from 0. */
function* withoutNamed(
  { rows, named, inCells }: Pick<SheetSource, 'named' | 'inCells'> & { readonly rows: Iterable<Cell[]> },
  found: Map<number, readonly PlacedPicture[]>,
): Generator<Cell[]> {
  let at = 0;
  for (const cells of rows) {
    // In the place of a row that nobody sees stands one without cells.
    const own = cells.length > 0 ? (inCells.get(at) ?? []) : [];
    const pictures = [...takeOutNamed(cells, at, named), ...own];
    inCells.delete(at);
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
    const reading = isLiteral(row) ? readLiteral(row) : readItem(near, stems, at, pictures);
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
