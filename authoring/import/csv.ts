import { basename, extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Source } from './source.ts';
import { decodeText } from './text.ts';
import { type Reading, readSheets } from './workbook.ts';
import { CELL_MOST_LETTERS } from './xlsx.ts';

/**
 * The rows of a CSV file, under headings like those of a workbook; commas, semicolons or tabs.
 * @throws Refusal `not-a-workbook`
 */
export function readCsvRows(bytes: Uint8Array, file: string, { columns }: Reading): Source {
  const rows = readCsvCells(bytes);
  try {
    const sheet = basename(file, extname(file));
    return readSheets([{ sheet, rows, pictures: [], inCells: new Map(), named: new Map() }], columns);
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

/**
 * The cells of a CSV file, in whichever encoding offices write it; commas, semicolons or tabs.
 * @throws Refusal `not-a-workbook`
 */
export function readCsvCells(bytes: Uint8Array): string[][] {
  const text = decodeText(bytes);
  mustBeTable(text);
  const [head = ''] = text.split(/\r?\n/, 1);
  const [delimiter = ','] = [',', '\t', ';'].toSorted((a, b) => head.split(b).length - head.split(a).length);
  try {
    const data = parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false }) as string[][];
    if (data.some((row) => row.some(({ length }) => length > CELL_MOST_LETTERS)))
      throw new Error(`a cell has more than ${CELL_MOST_LETTERS} characters`);
    return data.map((row) => row.map(unescaped));
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

/** The mark that keeps a text from being a formula is no part of it. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');

/** A hundred thousand questions have two million cells. */
const MOST_CELLS = 5_000_000;

/** Commas and nothing else become fifty times as much. @throws Refusal `not-a-workbook` */
function mustBeTable(text: string): void {
  let cells = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === TAB || code === SEMICOLON || code === LINE) cells += 1;
  }
  if (cells > MOST_CELLS) throw new Refusal('not-a-workbook', `more than ${MOST_CELLS} cells`);
}

const [COMMA, TAB, SEMICOLON, LINE] = [0x2c, 0x09, 0x3b, 0x0a];
