import { type FileHandle, open } from 'node:fs/promises';
import { strToU8, Zip, ZipDeflate } from 'fflate';

export type Cell = string | number | null;
type Pages = AsyncIterable<readonly (readonly Cell[])[]>;
type Table = { readonly headings: readonly string[]; readonly pages: Pages };

/** What such a file is served as. */
export const TABLE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Writes a table as it comes, page by page: however long it is, one page of it is in memory. */
export async function writeTable(file: string, as: 'csv' | 'xlsx', table: Table, perSheet = SHEET_ROWS): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await (as === 'csv' ? writeCsv(handle, table) : writeXlsx(handle, table, perSheet));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeCsv(handle: FileHandle, { headings, pages }: Table): Promise<void> {
  // Excel takes it for UTF-8 by its first three bytes.
  await handle.write(`\ufeff${csvLine(headings)}`);
  for await (const rows of pages) await handle.write(rows.map(csvLine).join(''));
}

const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A name that begins like a formula would be one to whoever opens the file.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As many rows as a sheet is given; more of them than 1,048,576 no program opens. */
const SHEET_ROWS = 1_000_000;

async function writeXlsx(handle: FileHandle, { headings, pages }: Table, perSheet: number): Promise<void> {
  let waiting: Uint8Array[] = [];
  let failed: Error | undefined;
  const zip = new Zip((error, piece) => {
    failed ??= error ?? undefined;
    waiting.push(piece);
  });
  const flush = async (): Promise<void> => {
    if (failed) throw failed;
    const pieces = waiting;
    waiting = [];
    for (const piece of pieces) await handle.write(piece);
  };
  const entry = (name: string): ZipDeflate => {
    const one = new ZipDeflate(name, { level: 6 });
    zip.add(one);
    return one;
  };
  let sheets = 0;
  const begin = (): ZipDeflate => {
    sheets += 1;
    const sheet = entry(`xl/worksheets/sheet${sheets}.xml`);
    sheet.push(strToU8(`${SHEET_START}${xmlRow(headings)}`));
    return sheet;
  };
  const end = (sheet: ZipDeflate): void => sheet.push(strToU8(SHEET_END), true);
  let [sheet, inSheet] = [begin(), 0];
  for await (const rows of pages) {
    for (let at = 0; at < rows.length; ) {
      if (inSheet === perSheet) {
        end(sheet);
        [sheet, inSheet] = [begin(), 0];
      }
      const some = rows.slice(at, at + perSheet - inSheet);
      sheet.push(strToU8(some.map(xmlRow).join('')));
      [at, inSheet] = [at + some.length, inSheet + some.length];
    }
    await flush();
  }
  end(sheet);
  for (const [name, text] of around(sheets)) entry(name).push(strToU8(`${XML}${text}`), true);
  zip.end();
  await flush();
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats';
const SHEET_START = `${XML}<worksheet xmlns="${MAIN}"><sheetData>`;
const SHEET_END = '</sheetData></worksheet>';

const xmlRow = (cells: readonly Cell[]): string => `<row>${cells.map(xmlCell).join('')}</row>`;

function xmlCell(cell: Cell): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no way to say
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>]/g, (one) => ENTITIES[one] as string);

function around(sheets: number): readonly (readonly [string, string])[] {
  const each = (of: (n: number) => string): string => Array.from({ length: sheets }, (_, at) => of(at + 1)).join('');
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="${TYPES}-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}-officedocument.spreadsheetml.sheet.main+xml"/>${each((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}-officedocument.spreadsheetml.worksheet+xml"/>`)}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((n) => `<sheet name="${n}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ],
  ];
}
