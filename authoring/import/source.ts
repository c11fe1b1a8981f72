import type { ItemReading } from './problems.ts';
import type { Columns } from './sheets.ts';
import type { WrittenRow } from './written-row.ts';

/** Where a row stands: a sheet and a row as Excel shows them; in other formats the part of the file, and line or number. */
export type Place = { readonly sheet: string; readonly row: number };

/** One row of a source that stands where items stand. */
export type ReadRow = Place & {
  /** Where its parts stand, where the source has cells. */
  readonly columns?: Columns | undefined;
  readonly reading: ItemReading;
  /** What stands there, where the source can tell it apart: what somebody mends it from. */
  readonly written?: (() => WrittenRow | undefined) | undefined;
};

/** What a workbook does not show, or a file marks as hidden: whether it was read all the same is for whoever imports it to say. */
export type Hidden = {
  readonly sheet: string;
  readonly what: 'sheet' | 'rows' | 'columns' | 'questions';
  /** How many; of a sheet, its rows. */
  readonly count: number;
  readonly read: boolean;
};

/** A file of a package that could not be read: the others were. */
export type UnreadFile = {
  readonly file: string;
  readonly why: string;
  readonly reason: 'nested' | 'too-large' | 'missing' | 'no-xml' | 'section' | 'parts';
  /** What of it, or what is wrong with it, where the reason alone does not say. */
  readonly detail?: string;
};

/** @property reason `no-cells` where it is one chart, a dialogue, or a macro of old */
export type SkippedSheet = { readonly sheet: string; readonly reason: 'empty' | 'no-headings' | 'no-cells' };

/** Rows as they are asked for, once; what else is said of them is whole only after the last. */
export type Source = {
  readonly rows: Iterable<ReadRow>;
  readonly skippedSheets: readonly SkippedSheet[];
  /** Where pictures lie that no question speaks of. */
  readonly strayPictures?: readonly Place[];
  readonly hidden?: readonly Hidden[];
  readonly unreadFiles?: readonly UnreadFile[];
};
