import { Refusal } from '../../contract/words/reasons.ts';
import { type Cell, cellText, isBlank } from './cells.ts';
import type { Layout } from './headings.ts';
import type { CellRange } from './xlsx-merges.ts';

/** Cells that are one, with what stands in them. */
export type Merged = CellRange & { readonly value: Cell };

/** Rows, and which merged cells go over each of them. */
export type MergedRows = {
  readonly rows: Iterable<Cell[]>;
  readonly mergedIn: (cells: readonly Cell[]) => readonly Merged[];
};

const NONE: readonly Merged[] = [];
/** No row of a sheet is merged. */
export const notMerged = (): readonly Merged[] => NONE;

/** Goes down the rows of a sheet with its merged cells, which stand in the order of their first rows. */
export function followMerges(rows: Iterable<Cell[]>, ranges: readonly CellRange[]): MergedRows {
  if (ranges.length === 0) return { rows, mergedIn: notMerged };
  const known = new WeakMap<readonly Cell[], readonly Merged[]>();
  function* follow(): Generator<Cell[]> {
    let [row, next, over] = [0, 0, NONE];
    for (const cells of rows) {
      over = over.filter(({ rows: { last } }) => last >= row);
      for (let range = ranges[next]; range && range.rows.first <= row; range = ranges[next]) {
        next += 1;
        if (range.rows.first === row) over = [...over, { ...range, value: cells[range.columns.first] }];
        if (over.length > MOST_OVER_ROW) throw new Refusal('not-a-workbook', 'merged cells that lie over each other');
      }
      for (const range of over) coverCells(cells, row, range);
      if (over.length > 0) known.set(cells, over);
      row += 1;
      yield cells;
    }
  }
  return { rows: follow(), mergedIn: (cells) => known.get(cells) ?? NONE };
}

/** Those that lie beside each other in the widest sheet that is read: each is held against each part of a question. */
const MOST_OVER_ROW = 512;

/** What was in cells before they were merged stays in them where a program merged them, and nobody sees it. */
function coverCells(cells: Cell[], row: number, { rows, columns }: Merged): void {
  const last = Math.min(columns.last, cells.length - 1);
  for (let column = columns.first; column <= last; column += 1)
    if (row > rows.first || column > columns.first) cells[column] = null;
}

/** What a cell says: of a merged one, in each of its rows. */
export function mergedCell(cells: readonly Cell[], column: number, merged: readonly Merged[]): Cell {
  const own = cells[column];
  if (merged.length === 0 || own instanceof Date || !isBlank(cellText(own))) return own;
  return merged.find(({ columns }) => columns.first === column)?.value ?? own;
}

const goesOver = ({ columns }: Merged, column: number): boolean => columns.first <= column && column <= columns.last;
const isTall = ({ rows }: Merged): boolean => rows.last > rows.first;

/**
 * A merged cell of which it cannot be told which part of the item in this row it is, or of which row: one over several columns, or over the
 * question of one row and a part of the next. Where all parts go over the same rows, they are one row.
 */
export function unclearMerge(layout: Layout, merged: readonly Merged[]): Merged | undefined {
  if (merged.length === 0) return undefined;
  const parts = partsOf(layout);
  const wide = merged.find(
    (one) =>
      (one.value instanceof Date || !isBlank(cellText(one.value))) &&
      parts.filter((columns) => columns.some((column) => goesOver(one, column))).length > 1,
  );
  if (wide) return wide;
  const asked = [layout.stem, layout.key, ...layout.options, ...layout.optionColumns.values()];
  const over = asked.map((column) => merged.find((one) => isTall(one) && goesOver(one, column)));
  const [first] = over.filter((one) => one !== undefined);
  if (!first) return undefined;
  return over.every((one) => one?.rows.first === first.rows.first && one.rows.last === first.rows.last)
    ? undefined
    : first;
}

/** The columns of each part: options under one heading are one. */
const partsOf = ({ kind, stem, key, topic, options, optionColumns, about }: Layout): readonly (readonly number[])[] =>
  [[kind], [stem], [key], [topic], options, ...[...optionColumns.values(), ...about.values()].map((one) => [one])].map(
    (columns) => columns.filter((column) => column !== undefined),
  );
