import type { ItemReading } from './problems.ts';
import type { Columns } from './sheets.ts';

/** Where a row stands: a sheet and a row as Excel shows them; in other formats the part of the file, and line or number. */
export type Place = { readonly sheet: string; readonly row: number };

/** One row of a source that stands where items stand. */
export type ReadRow = Place & {
  /** Where its parts stand, where the source has cells. */
  readonly columns?: Columns | undefined;
  readonly reading: ItemReading;
};

export type SkippedSheet = { readonly sheet: string; readonly reason: 'empty' | 'no-headings' };

/** Rows as they are asked for, once; what else is said of them is whole only after the last. */
export type Source = {
  readonly rows: Iterable<ReadRow>;
  readonly skippedSheets: readonly SkippedSheet[];
  /** Where pictures lie that no question speaks of. */
  readonly strayPictures?: readonly Place[];
};
