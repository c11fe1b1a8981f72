import type { Align } from './parts.ts';
import type { Token } from './tokens.ts';

/** A stretch of a text. */
export type Span = { readonly from: number; readonly to: number };

/** A line as a table would have it. */
export type Line = Span & {
  /** Behind the mark that ends it. */
  readonly end: number;
  /** Nothing where it has no bar outside of a formula, or a formula goes on in the line after it. */
  readonly cells: readonly Span[] | undefined;
};

/** The lines of a text; a formula of several lines is all in one. */
export function linesOf(text: string, tokens: readonly Token[]): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  let bars: number[] = [];
  let broken = false;
  const end = (to: number, behind: number): void => {
    const cells = bars.length === 0 || broken ? undefined : cellsOf(text, from, to, bars);
    lines.push({ from, to, end: behind, cells });
    [from, bars, broken] = [behind, [], false];
  };
  for (const token of tokens) {
    if (token.is === 'bar') bars.push(token.from);
    if (token.is === 'formula' && /[\r\n]/.test(token.tex)) broken = true;
    if (token.is === 'line-end') end(token.from, token.to);
  }
  end(text.length, text.length);
  return lines;
}

/** What stands between the bars of a line; the bars at its ends are an ornament. */
function cellsOf(text: string, from: number, to: number, bars: readonly number[]): readonly Span[] {
  const cuts = [from - 1, ...bars, to];
  const cells = cuts.slice(1).map((end, at) => ({ from: (cuts[at] as number) + 1, to: end }));
  const isBlank = (cell: Span | undefined): boolean =>
    cell !== undefined && text.slice(cell.from, cell.to).trim() === '';
  const first = isBlank(cells[0]) ? 1 : 0;
  const last = cells.length > first + 1 && isBlank(cells.at(-1)) ? -1 : undefined;
  return cells.slice(first, last);
}

export type TableLines = { readonly head: Line; readonly columns: readonly Align[]; readonly rows: readonly Line[] };

/**
 * The table that begins with a line: a head, a line of dashes with as many cells, and rows, of which none has more. Anything
 * less is none. A row with more cells ends it, so that nothing goes unseen.
 */
export function tableAt(text: string, lines: readonly Line[], at: number): TableLines | undefined {
  const [head, dashes] = [lines[at], lines[at + 1]];
  const width = head?.cells?.length ?? 0;
  if (!head || dashes?.cells?.length !== width || width === 0) return undefined;
  const columns = dashes.cells.map(({ from, to }) => alignOf(text.slice(from, to).trim()));
  if (!columns.every((align) => align !== undefined)) return undefined;
  let behind = at + 2;
  while ((lines[behind]?.cells?.length ?? width + 1) <= width) behind++;
  const rows = lines.slice(at + 2, behind);
  return rows.length === 0 ? undefined : { head, columns, rows };
}

function alignOf(dashes: string): Align | undefined {
  if (!/^:?-+:?$/.test(dashes)) return undefined;
  if (!dashes.endsWith(':')) return 'start';
  return dashes.startsWith(':') ? 'center' : 'end';
}
