import type { ItemKind } from '../../contract/words/items.ts';
import { isBlank } from './cells.ts';
import type { PlacedPicture } from './drawing.ts';
import { readKind } from './kinds.ts';
import type { FoundPicture } from './passage.ts';
import type { Why } from './problems.ts';
import type { ItemRow } from './sheets.ts';
import type { Place } from './source.ts';
import { asksForPicture } from './spoken-pictures.ts';

/** Kinds whose options are no pictures: they have none, or their words are known. */
const WITHOUT_OPTIONS: ReadonlySet<unknown> = new Set(['true-false', 'numeric', 'text'] satisfies ItemKind[]);

/** The pictures of one row: under its stem, and by the letter of an option. */
export type RowPictures = {
  readonly stem: readonly FoundPicture[];
  readonly options: ReadonlyMap<number, readonly FoundPicture[]>;
  /** A picture of which it cannot be told what it belongs to, what it shows, or whether a candidate may see it. */
  readonly unclear: Why | undefined;
};
export const NO_ROW_PICTURES: RowPictures = { stem: [], options: new Map(), unclear: undefined };

/** Pictures by row, and where some lie that no question speaks of. */
export type SortedPictures = { readonly rows: ReadonlyMap<number, RowPictures>; readonly strays: readonly Place[] };

type Growing = { stem: FoundPicture[]; options: Map<number, FoundPicture[]>; unclear: Why | undefined };
type Belongs = 'stem' | 'unclear' | 'nobody' | { readonly option: number };

/**
 * Which picture belongs to which row. Banks are sorted and cut together, and their pictures stay behind over other rows: a
 * picture that only lies there is taken where one question under it speaks of one, or where an option would be empty without it.
 */
export function sortPictures(pictures: readonly PlacedPicture[], rows: readonly ItemRow[]): SortedPictures {
  const byRow = new Map(rows.map((row) => [row.row - 1, row]));
  const found = new Map<number, Growing>();
  const strays: Place[] = [];
  const of = (row: number) => {
    const entry: Growing = found.get(row) ?? { stem: [], options: new Map(), unclear: undefined };
    found.set(row, entry);
    return entry;
  };
  for (const picture of pictures.toSorted((a, b) => a.column - b.column)) {
    const given = rowsUnder(picture, byRow).map((row) => ({ row, to: belongsTo(picture, row) }));
    const takers = given.filter(({ to }) => to !== 'nobody');
    if (takers.length === 0 && given.length > 0)
      strays.push({ sheet: given[0]?.row.sheet ?? '', row: picture.rows.first + 1 });
    for (const { row, to } of takers) {
      const entry = of(row.row);
      if (to === 'unclear' || takers.length > 1) entry.unclear ??= {};
      else if (picture.unclear) entry.unclear ??= { construct: picture.unclear };
      else if (to === 'stem') entry.stem.push(picture);
      else if (typeof to === 'object') entry.options.set(to.option, [...(entry.options.get(to.option) ?? []), picture]);
    }
  }
  return { rows: found, strays };
}

/**
 * Whether a row would lack this option: the key names it, one behind it is there, or none is. Most rows have columns for more
 * options than they use, and a picture that lies over one of those is nobody's.
 */
function needsOption({ kind, key, optionColumns }: ItemRow, option: number): boolean {
  if (WITHOUT_OPTIONS.has(readKind(kind))) return false;
  const filled = [...optionColumns].filter(([, text]) => !isBlank(text)).map(([letter]) => letter);
  const named = [...key.toUpperCase()].some((letter) => letter.charCodeAt(0) - 65 === option);
  return named || filled.length === 0 || filled.some((letter) => letter > option);
}

/** What covers more rows than this is a background. */
const MOST_ROWS = 50;

function rowsUnder({ rows: { first, last } }: PlacedPicture, byRow: ReadonlyMap<number, ItemRow>): readonly ItemRow[] {
  const count = Math.min(last - first + 1, MOST_ROWS);
  return Array.from({ length: count }, (_, at) => byRow.get(first + at)).filter((row) => row !== undefined);
}

function belongsTo({ column, inCell }: PlacedPicture, row: ItemRow): Belongs {
  const { layout } = row;
  if (column === layout.picture) return 'stem';
  const option = [...layout.optionColumns].find(([, at]) => at === column)?.[0];
  if (option !== undefined) {
    const blank = isBlank(row.optionColumns.get(option) ?? '');
    if (inCell) return blank ? { option } : 'unclear';
    if (blank && needsOption(row, option)) return { option };
  }
  if (inCell) return column === layout.stem || !layout.headed.has(column) ? 'stem' : 'unclear';
  if (!asksForPicture(row.stem)) return 'nobody';
  // An explanation may give the answer.
  return column === layout.about.get('explanation') ? 'unclear' : 'stem';
}
