import { basename, extname } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Cell } from './cells.ts';
import { type CsvRow, csvRows } from './csv-lines.ts';
import { isErrorName, isLost } from './error-names.ts';
import { readHeadings } from './headings.ts';
import type { Source } from './source.ts';
import { decodeText } from './text.ts';
import { plainSheet, type Reading, readSheets } from './workbook.ts';
import { CELL_MOST_LETTERS } from './xlsx-cell.ts';

/**
 * The rows of a CSV file, under headings like those of a workbook.
 * @throws Refusal `not-a-workbook`
 */
export function readCsvRows(bytes: Uint8Array, file: string, reading: Reading): Source {
  const sheet = basename(file, extname(file));
  const rows = rowsIn(bytes).map(cellsOf);
  return readSheets([plainSheet(sheet, rows)], reading);
}

/**
 * The cells of a CSV file, in whichever encoding offices write it; commas, semicolons or tabs, of half or full width.
 * @throws Refusal `not-a-workbook`
 */
export const readCsvCells = (bytes: Uint8Array): string[][] => rowsIn(bytes).map(({ cells }) => cells.map(meant));

function rowsIn(bytes: Uint8Array): readonly CsvRow[] {
  const decoded = decodeText(bytes);
  mustBeTable(decoded);
  const [line = '', said] = /^sep=(.)(?:\r\n?|\n|$)/i.exec(decoded) ?? [];
  // Whoever wrote it for Excel says what parts its cells; the line keeps its place, or rows would be counted otherwise.
  const text = said === undefined ? decoded : decoded.slice(line.trimEnd().length);
  const rows = [...csvRows(text, said ?? delimiterOf(text))];
  if (rows.some(({ cells }) => cells.some(({ length }) => length > CELL_MOST_LETTERS)))
    throw new Refusal('not-a-workbook', `a cell has more than ${CELL_MOST_LETTERS} characters`);
  return rows;
}

/** Cells whose quotes are broken could each be another: they say nothing sure. */
const cellsOf = ({ cells, brokenFrom }: CsvRow): Cell[] =>
  cells.map((cell, at) =>
    brokenFrom !== undefined && at >= brokenFrom
      ? { unread: 'construct-unread', construct: BROKEN, text: cell === '' ? '"' : cell, plain: cell }
      : (lostIn(cell) ?? meant(cell)),
  );
const BROKEN = '引号';

/** What a program for spreadsheets wrote in the place of what it could not calculate, or had no room for. */
function lostIn(cell: string): Cell | undefined {
  if (!isLost(cell)) return undefined;
  return { unread: isErrorName(cell) ? 'cell-error' : 'cell-rewritten', text: cell, plain: null };
}

/**
 * ="001" keeps its noughts: programs write a text like that so that Excel takes it for no number. The mark that keeps a text from
 * being a formula is no part of it.
 */
function meant(cell: string): string {
  const [, text] = /^="((?:[^"]|"")*)"$/.exec(cell) ?? [];
  return text?.replaceAll('""', '"') ?? cell.replace(/^'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');
}

/** The usual one first; those of full width are typed where somebody forgot to switch the keyboard. */
const DELIMITERS = [',', '\t', ';', '|', '；', '，'] as const;
/** So much is looked at to find out which it is, and so many rows: titles stand above headings now and then. */
const [LOOKED_AT, ROWS_LOOKED_AT] = [64_000, 60];

/**
 * What parts the cells: under which there are headings of a bank, or else under which most rows have the same number of cells.
 * A title has commas and semicolons of its own.
 */
function delimiterOf(text: string): string {
  const start = text.slice(0, LOOKED_AT);
  const tried = DELIMITERS.map((delimiter) => {
    const rows = csvRows(start, delimiter).take(ROWS_LOOKED_AT).toArray();
    return { delimiter, hasHeadings: rows.some(({ cells }) => readHeadings(cells, true)), alike: alike(rows) };
  });
  const [best] = tried.toSorted((a, b) => Number(b.hasHeadings) - Number(a.hasHeadings) || b.alike - a.alike);
  return best?.delimiter ?? ',';
}

/** How many rows have as many cells as most of those that have several; of as many rows, more cells count more. */
function alike(rows: readonly CsvRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return Math.max(0, ...[...counts].map(([cells, count]) => count + cells / 1_000));
}

/** A hundred thousand questions have two million cells. */
const MOST_CELLS = 5_000_000;

/** Commas and nothing else become fifty times as much. @throws Refusal `not-a-workbook` */
function mustBeTable(text: string): void {
  let cells = 0;
  for (let at = 0; at < text.length; at += 1) if (PARTS.has(text.charCodeAt(at))) cells += 1;
  if (cells > MOST_CELLS) throw new Refusal('not-a-workbook', `more than ${MOST_CELLS} cells`);
}

const PARTS = new Set([...DELIMITERS, '\n', '\r'].map((sign) => sign.charCodeAt(0)));
