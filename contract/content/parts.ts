/**
 * What a text of an item is made of. `source` is the piece of the text that a part was read from: those of all parts, one behind
 * the other, are the text.
 */
export type Block = Paragraph | Formula | Table;

/** Words, with formulas among them. */
export type Paragraph = { readonly kind: 'paragraph'; readonly runs: readonly Run[]; readonly source: string };
export type Run = Words | Formula;

/** `text` is what is shown: line breaks count, escapes are gone. */
export type Words = { readonly kind: 'words'; readonly text: string; readonly source: string };

/** TeX, as it stands between its marks. `display` where it has lines of its own. */
export type Formula = {
  readonly kind: 'formula';
  readonly tex: string;
  readonly display: boolean;
  readonly source: string;
};

/** As many columns in each row as in the head. */
export type Table = {
  readonly kind: 'table';
  readonly columns: readonly Align[];
  readonly head: readonly Cell[];
  /** At least one. */
  readonly rows: readonly (readonly Cell[])[];
  readonly source: string;
};
export type Cell = readonly Run[];
export type Align = 'start' | 'center' | 'end';
