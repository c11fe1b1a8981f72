import { Refusal } from '../../contract/words/reasons.ts';
import type { Sink } from './xlsx-parts.ts';

/** Cells that are one: rows and columns from 0, the last among them. */
export type CellRange = {
  readonly rows: { readonly first: number; readonly last: number };
  readonly columns: { readonly first: number; readonly last: number };
  /** As Excel calls it: B2:B4. */
  readonly name: string;
};

/** Nobody merges so much by hand. */
const [MOST_MERGES, MOST_TAIL] = [200_000, 40_000_000];

/**
 * Which cells of a sheet are merged. It is said behind the rows, and needed with the first of them: this looks for it in the text of the
 * part, without reading the rows. ECMA-376 part 1, 18.3.1.55.
 */
export function startMerges(): { readonly sink: Sink; readonly merges: CellRange[] } {
  const merges: CellRange[] = [];
  let [last, tail, isBehind] = ['', '', false];
  const sink: Sink = {
    write(text) {
      const both = last + text;
      const at = isBehind ? -1 : both.search(BEHIND_ROWS);
      if (isBehind) tail += text;
      else if (at >= 0) [isBehind, tail] = [true, both.slice(at)];
      else last = both.slice(-BEHIND_LENGTH);
      if (tail.length > MOST_TAIL) throw new Refusal('not-a-workbook', 'too much behind the rows of a sheet');
    },
    close() {
      for (const [, ref = ''] of tail.matchAll(MERGE)) {
        const range = rangeOf(ref);
        if (range) merges.push(range);
        if (merges.length > MOST_MERGES)
          throw new Refusal('not-a-workbook', `more than ${MOST_MERGES} cells that are merged`);
      }
      merges.sort((a, b) => a.rows.first - b.rows.first);
      tail = '';
    },
  };
  return { sink, merges };
}

const BEHIND_ROWS = /<\/(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?mergeCells\b/;
/** As much as may be cut between two pieces of text. */
const BEHIND_LENGTH = 200;
const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([^"']*)["']/g;

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
