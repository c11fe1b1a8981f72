import type { Item } from '../../contract/words/items.ts';
import type { UnknownTerm } from '../terms/index.ts';
import type { ItemContent } from './content.ts';
import type { PictureBytes } from './passage.ts';
import type { Part, Repair, RowReason, Why } from './problems.ts';
import type { Columns } from './sheets.ts';
import type { Place } from './source.ts';
import type { WrittenRow } from './written-row.ts';

/** What a row asks, and what it calls right, as far as another bank can be held against it. */
export type Asked = Place & { readonly question: string; readonly answer: string };

/** What became of a row, without what it says: of these there may be very many. */
export type Outcome = Place & {
  readonly columns: Columns | undefined;
  readonly question: string;
  readonly reason: RowReason | undefined;
  readonly repairs: readonly Repair[];
  readonly why: Why;
  readonly leftOut: readonly string[];
  /** Nothing where no items are wanted. */
  readonly written: (() => WrittenRow | undefined) | undefined;
};
export type Question = Asked & {
  readonly contradicted: boolean;
  readonly unknown: readonly UnknownTerm[];
  readonly content: ItemContent;
  readonly item: Item | undefined;
  readonly pictures: PictureBytes;
};

/** C17, as Excel calls a cell. */
export const cellOf = (columns: Columns | undefined, part: Part | undefined, row: number): { cell?: string } => {
  const column = part && columns?.[part];
  return column ? { cell: `${column}${row}` } : {};
};
