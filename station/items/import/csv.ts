import { basename, extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Refusal } from '../../../contract/reasons.ts';
import { decodeText } from './text.ts';
import { readSheets, type Source } from './workbook.ts';

/**
 * The rows of a CSV file, under headings like those of a workbook; commas, semicolons or tabs.
 * @throws Refusal `not-a-workbook`
 */
export function readCsvRows(bytes: Uint8Array, file: string): Source {
  const text = decodeText(bytes);
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = ['\t', ';', ','].find((mark) => head.includes(mark)) ?? ',';
  try {
    const data: string[][] = parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false });
    return readSheets([{ sheet: basename(file, extname(file)), data }]);
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}
