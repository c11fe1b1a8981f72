import { basename, extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Source } from './source.ts';
import { decodeText } from './text.ts';
import { type Reading, readSheets } from './workbook.ts';

/**
 * The rows of a CSV file, under headings like those of a workbook; commas, semicolons or tabs.
 * @throws Refusal `not-a-workbook`
 */
export function readCsvRows(bytes: Uint8Array, file: string, { columns }: Reading): Source {
  const text = decodeText(bytes);
  const [head = ''] = text.split(/\r?\n/, 1);
  const [delimiter = ','] = [',', '\t', ';'].toSorted((a, b) => head.split(b).length - head.split(a).length);
  try {
    const data = parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false }) as string[][];
    const rows = data.map((row) => row.map(unescaped));
    return readSheets([{ sheet: basename(file, extname(file)), rows, pictures: [], named: new Map() }], columns);
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

/** The mark that keeps a text from being a formula is no part of it. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');
