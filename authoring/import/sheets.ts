import { type Cell, cellText, isBlank, isUnread } from './cells.ts';
import type { GivenColumns } from './columns.ts';
import { type AboutField, type Layout, readHeadings, refineHeadings } from './headings.ts';
import { readKind, type WrittenKind } from './kinds.ts';
import { type Merged, mergedCell, notMerged, unclearMerge } from './merges.ts';
import type { Part, RowReason, Why } from './problems.ts';

/** A row that stands where items stand and is none of headings, notes and blank rows. */
export type ItemRow = {
  readonly sheet: string;
  /** As Excel shows it. */
  readonly row: number;
  readonly kind: string;
  /** What a section title or the sheet's name says, for rows that do not say it themselves. */
  readonly sectionKind: WrittenKind | undefined;
  readonly stem: string;
  readonly optionCell: string;
  readonly optionColumns: ReadonlyMap<number, string>;
  readonly key: string;
  readonly topic: string;
  /** What is written in the column of pictures. */
  readonly picture: string;
  readonly about: ReadonlyMap<AboutField, string>;
  /** A cell in use of which it cannot be told what it says. */
  readonly unread: UnreadPart | undefined;
  readonly layout: Layout;
  /** In which column each part stands, as Excel calls it. */
  readonly columns: Columns;
};
export type UnreadPart = Pick<Why, 'construct' | 'cell'> & { readonly reason: RowReason };
export type Columns = Readonly<Partial<Record<Part, string>>>;

/** What is known of a sheet once its rows have been read. */
export type SheetEnd = {
  readonly layout: Layout | undefined;
  readonly skipped: 'empty' | 'no-headings' | undefined;
};

export const isBlankRow = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => !(cell instanceof Date) && isBlank(cellText(cell)));

/** Blank columns keep their separator: what stands third must be counted third. */
function joinedOptions(cells: readonly Cell[], columns: readonly number[]): string {
  const texts = columns.map((column) => cellText(cells[column]));
  const filled = texts.filter((text) => !isBlank(text));
  return filled.length > 1 ? texts.map((text) => text || ' ').join('**') : (filled[0] ?? '');
}

type RowPlace = Pick<ItemRow, 'sheet' | 'row' | 'sectionKind'>;

function itemRow(
  cells: readonly Cell[],
  layout: Layout,
  place: RowPlace,
  merged: readonly Merged[] = notMerged(),
): ItemRow {
  const text = (column: number | undefined): string => (column === undefined ? '' : cellText(cells[column]));
  const mergedText = (column: number | undefined): string =>
    column === undefined ? '' : cellText(mergedCell(cells, column, merged));
  return {
    ...place,
    layout,
    kind: mergedText(layout.kind),
    stem: text(layout.stem),
    optionCell: joinedOptions(cells, layout.options),
    optionColumns: new Map([...layout.optionColumns].map(([letter, column]) => [letter, text(column)])),
    key: text(layout.key),
    topic: mergedText(layout.topic),
    picture: text(layout.picture),
    about: new Map([...layout.about].map(([field, column]) => [field, mergedText(column)])),
    columns: columnsOf(layout),
    unread: unreadPart(cells, layout, place.row, merged),
  };
}

/** The first cell in use that says nothing sure, or a merged one that says it of several parts. */
function unreadPart(
  cells: readonly Cell[],
  layout: Layout,
  row: number,
  merged: readonly Merged[],
): UnreadPart | undefined {
  for (const column of usedColumns(layout)) {
    const cell = mergedCell(cells, column, merged);
    const at = { cell: `${columnName(column)}${row}` };
    if (cell instanceof Date) return { reason: 'cell-rewritten', ...at };
    if (isUnread(cell)) return { reason: cell.unread, ...(cell.construct && { construct: cell.construct }), ...at };
  }
  const unclear = unclearMerge(layout, merged);
  return unclear && { reason: 'construct-unread', construct: MERGED, cell: unclear.name };
}

const MERGED = '合并单元格';

const usedBy = new WeakMap<Layout, readonly number[]>();

/** Every column that says something of an item, from the left. */
export function usedColumns(layout: Layout): readonly number[] {
  const { kind, stem, key, topic, options, optionColumns, about } = layout;
  const all = [kind, stem, key, topic, ...options, ...optionColumns.values(), ...about.values()];
  const used = usedBy.get(layout) ?? all.filter((column) => column !== undefined).toSorted((a, b) => a - b);
  usedBy.set(layout, used);
  return used;
}

const known = new WeakMap<Layout, Columns>();

/** One for all rows of a layout: there may be very many. */
function columnsOf(layout: Layout): Columns {
  const { kind, stem, options, optionColumns, key } = layout;
  const [firstOptions] = [...options, ...optionColumns.values()];
  const places = Object.entries({ kind, stem, options: firstOptions, key });
  const columns =
    known.get(layout) ??
    Object.fromEntries(places.flatMap(([part, at]) => (at === undefined ? [] : [[part, columnName(at)]])));
  known.set(layout, columns);
  return columns;
}

/** A to Z, AA to ZZ and on. */
export const columnName = (at: number): string =>
  (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));

const hasOptions = ({ optionCell, optionColumns }: ItemRow): boolean =>
  !isBlank(optionCell) || [...optionColumns.values()].some((text) => !isBlank(text));

/** A note has neither kind nor answer; a row cut short still has enough of an item to be reported. */
function isItem(row: ItemRow): boolean {
  const [stem, key, options] = [!isBlank(row.stem), !isBlank(row.key), hasOptions(row)];
  if (key) return stem || options || readKind(row.kind) !== undefined;
  return (stem && options) || (readKind(row.kind) !== undefined && (stem || options));
}

/** 一、单选题（每题1分）: the only text in its row, and it names one kind. */
function sectionKind(cells: readonly Cell[]): WrittenKind | undefined {
  const texts = cells.map(cellText).filter((text) => !isBlank(text));
  return texts.length === 1
    ? readKind((texts[0] ?? '').replace(/^[\s\d一二三四五六七八九十、.．()（）第部分]+/, ''))
    : undefined;
}

/** Whether rows without headings go on as the sheet before them: most of them have kind and key in those columns. */
function fits(rows: readonly (readonly Cell[])[], layout: Layout, sheet: string): boolean {
  const filled = rows.filter((cells) => !isBlankRow(cells));
  const fitting = filled.filter((cells) => {
    const row = itemRow(cells, layout, { sheet, row: 0, sectionKind: undefined });
    const kind = layout.kind === undefined || readKind(row.kind) !== undefined;
    return kind && !isBlank(row.stem) && row.key.length <= 20 && !isBlank(row.key);
  });
  return filled.length > 0 && fitting.length * 2 > filled.length;
}

/** The item rows of a sheet whose columns somebody named. */
function* readGiven(
  sheet: string,
  rows: Iterable<readonly Cell[]>,
  { layout, fromRow }: GivenColumns,
  mergedIn: (cells: readonly Cell[]) => readonly Merged[],
): Generator<ItemRow, SheetEnd> {
  let section = readKind(sheet);
  let [number, filled] = [0, false];
  for (const cells of rows) {
    number += 1;
    if (number < fromRow || isBlankRow(cells)) continue;
    filled = true;
    const row = itemRow(cells, layout, { sheet, row: number, sectionKind: section }, mergedIn(cells));
    if (isItem(row)) yield row;
    else section = sectionKind(cells) ?? section;
  }
  return { layout, skipped: filled ? undefined : 'empty' };
}

/** So many rows are looked at for headings: behind them nobody writes any. */
const HEAD = 500;

/** The first of what is left; unlike `take`, it leaves the rest to be read. */
function firstOf<T>(rows: Iterator<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (let next = rows.next(); !next.done; next = rows.next()) {
    taken.push(next.value);
    if (taken.length === count) break;
  }
  return taken;
}

/**
 * The item rows of a sheet, under its own headings or, where it has none, under those of the sheet before.
 * @param mergedIn the merged cells that go over a row
 */
export function* readSheet(
  sheet: string,
  rows: Iterable<readonly Cell[]>,
  previous: Layout | undefined,
  given?: GivenColumns,
  mergedIn: (cells: readonly Cell[]) => readonly Merged[] = notMerged,
): Generator<ItemRow, SheetEnd> {
  if (given) return yield* readGiven(sheet, rows, given, mergedIn);
  const source = Iterator.from(rows);
  let blank = 0;
  let first = source.next();
  for (; !first.done && isBlankRow(first.value); first = source.next()) blank += 1;
  if (first.done) return { layout: previous, skipped: 'empty' };
  const head = [first.value, ...firstOf(source, HEAD)];
  const sheetKind = readKind(sheet);
  const firstHeadings = head.findIndex((cells) => readHeadings(cells, sheetKind !== undefined) !== undefined);
  const unheaded = firstHeadings < 0 ? head : head.slice(0, firstHeadings);
  let layout = previous && fits(unheaded, previous, sheet) ? previous : undefined;
  if (!layout && firstHeadings < 0) return { layout: previous, skipped: 'no-headings' };
  let section = sheetKind;
  let wasHeadings = false;
  let number = blank;
  const read = (cells: readonly Cell[]): ItemRow | undefined => {
    number += 1;
    const headings: Layout | undefined =
      readHeadings(cells, sheetKind !== undefined) ??
      (wasHeadings && layout ? refineHeadings(layout, cells) : undefined);
    wasHeadings = headings !== undefined;
    layout = headings ?? layout;
    if (headings || !layout || isBlankRow(cells)) return undefined;
    const row = itemRow(cells, layout, { sheet, row: number, sectionKind: section }, mergedIn(cells));
    if (isItem(row)) return row;
    section = sectionKind(cells) ?? section;
    return undefined;
  };
  for (const part of [head, source])
    for (const cells of part) {
      const row = read(cells);
      if (row) yield row;
    }
  return { layout, skipped: undefined };
}
