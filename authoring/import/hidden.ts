import type { Cell } from './cells.ts';
import type { Layout } from './headings.ts';
import { followMerges, type MergedRows } from './merges.ts';
import { isBlankRow, usedColumns } from './sheets.ts';
import type { Hidden } from './source.ts';
import type { SheetSource } from './xlsx.ts';

/** The rows of a sheet that are read; in the place of others stand blank ones. */
export type SeenRows = MergedRows & {
  /** So far, those that hold anything: that nobody sees, and all. */
  readonly count: { readonly unseen: number; readonly all: number };
};

/**
 * The rows of a sheet that somebody sees who opens it.
 * @param all those too that nobody sees
 */
export function seenRows({ rows, merges, unseen }: SheetSource, all: boolean): SeenRows {
  const count = { unseen: 0, all: 0 };
  function* cellsOf(): Generator<Cell[]> {
    for (const cells of rows) {
      if (!isBlankRow(cells)) {
        count.all += 1;
        if (unseen.rows.has(cells)) count.unseen += 1;
      }
      yield cells;
    }
  }
  // What is merged into rows that are seen may begin in one that is not.
  const merged = followMerges(cellsOf(), merges);
  function* seen(): Generator<Cell[]> {
    for (const cells of merged.rows) yield unseen.rows.has(cells) && !all ? [] : cells;
  }
  return { rows: seen(), mergedIn: merged.mergedIn, count };
}

/** What nobody sees of a sheet whose rows were read. Columns count where they say something of items. */
export function hiddenIn(
  { sheet, isHidden, unseen }: SheetSource,
  count: SeenRows['count'],
  layout: Layout | undefined,
  read: boolean,
): readonly Hidden[] {
  if (isHidden) return [{ sheet, what: 'sheet', count: count.all, read }];
  const columns = layout ? usedColumns(layout).filter((column) => unseen.columns.has(column)).length : 0;
  return [
    ...(count.unseen > 0 ? [{ sheet, what: 'rows' as const, count: count.unseen, read }] : []),
    ...(columns > 0 ? [{ sheet, what: 'columns' as const, count: columns, read: true }] : []),
  ];
}
