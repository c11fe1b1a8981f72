import { Refusal } from '../../contract/words/reasons.ts';

/** Cells that are one: rows and columns from 0, the last among them. */
export type CellRange = {
  readonly rows: { readonly first: number; readonly last: number };
  readonly columns: { readonly first: number; readonly last: number };
  /** As Excel calls it: B2:B4. */
  readonly name: string;
};

/** Nobody merges so much by hand. */
const MOST_MERGES = 200_000;

/**
 * Which cells of a sheet are merged, in the order of their first rows. ECMA-376 part 1, 18.3.1.55.
 * @param tail what is said of the sheet behind its rows
 */
export function mergesIn(tail: string): readonly CellRange[] {
  const merges: CellRange[] = [];
  for (const [, ref = ''] of tail.matchAll(MERGE)) {
    const range = rangeOf(ref);
    if (range) merges.push(range);
    if (merges.length > MOST_MERGES)
      throw new Refusal('not-a-workbook', `more than ${MOST_MERGES} cells that are merged`);
  }
  return merges.toSorted((a, b) => a.rows.first - b.rows.first);
}

const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([^"']*)["']/g;

/** B2:B4; undefined where it is no name of several cells. */
export function rangeOf(ref: string): CellRange | undefined {
  const [, a = '', first = '', b = '', last = ''] =
    /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(ref) ?? [];
  if (a === '') return undefined;
  const [columns, rows] = [between(columnAt(a), columnAt(b)), between(Number(first) - 1, Number(last) - 1)];
  return { columns, rows, name: ref.replaceAll('$', '').toUpperCase() };
}

const between = (a: number, b: number): CellRange['rows'] => ({ first: Math.min(a, b), last: Math.max(a, b) });

/** From 0; of no letters -1. */
export const columnAt = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
