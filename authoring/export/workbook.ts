import { strToU8, zipSync } from 'fflate';

/** How a cell looks; what is not said here no cell can look like. */
export const CELL_LOOKS = [
  ...(['text', 'title', 'note', 'head', 'count', 'percent', 'score'] as const),
  ...(['sum-text', 'sum-count', 'sum-percent', 'sum-score'] as const),
] as const;
export type CellLook = (typeof CELL_LOOKS)[number];

export type SheetCell = {
  /** What stands there; of a formula what it came to here, so that it is seen where nothing calculates. */
  readonly value: string | number | null;
  /** Without the equals sign. Only this calculates: a text that looks like a formula stays a text. */
  readonly formula?: string;
  readonly look: CellLook;
};

export type Sheet = {
  readonly name: string;
  /** In characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly (SheetCell | null)[])[];
  /** As `A1:C1`. */
  readonly merged: readonly string[];
  /** How many rows from the top stay in sight. */
  readonly frozen: number;
  /** Rows that stand on top of each printed page, as `5:6`. */
  readonly repeated: string;
};

/**
 * A workbook (Office Open XML) that is fit to be printed: landscape A4, as wide as a page.
 * @returns the bytes of an .xlsx
 */
export function writeWorkbook(sheets: readonly Sheet[], title: string, at: Date): Uint8Array {
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([
      ['officeDocument', 'xl/workbook.xml'],
      ['metadata/core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': core(title, at),
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, n) => ['worksheet', `worksheets/sheet${n + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLES,
  };
  for (const [n, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${n + 1}.xml`] = worksheet(sheet);
  const bytes = Object.entries(parts).map(([name, text]) => [name, strToU8(`${DECLARATION}${text}`)] as const);
  return zipSync(Object.fromEntries(bytes), { mtime: at });
}

/** `0` is A, `26` is AA. */
export const columnName = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML has no place for is left out. */
const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML refuses
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);

function contentTypes(sheets: number): string {
  const type = (part: string, of: string) =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-${of}+xml"/>`;
  const each = Array.from({ length: sheets }, (_, n) =>
    type(`xl/worksheets/sheet${n + 1}.xml`, 'officedocument.spreadsheetml.worksheet'),
  );
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
    type('xl/workbook.xml', 'officedocument.spreadsheetml.sheet.main'),
    type('xl/styles.xml', 'officedocument.spreadsheetml.styles'),
    type('docProps/core.xml', 'package.core-properties'),
    ...each,
  ].join('')}</Types>`;
}

function relations(all: readonly (readonly [string, string])[]): string {
  const each = all.map(([kind, target], n) => {
    const type = kind.includes('/') ? `${PACKAGE}/relationships/${kind}` : `${OFFICE}/${kind}`;
    return `<Relationship Id="rId${n + 1}" Type="${type}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

const core = (title: string, at: Date): string =>
  `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${at.toISOString()}</dcterms:created></cp:coreProperties>`;

const last = ({ widths, rows }: Sheet): string => `${columnName(widths.length - 1)}${rows.length}`;
const fixed = (range: string): string =>
  range.replaceAll(/([A-Z]*)(\d+)/g, (_, letters: string, row: string) => `${letters && `$${letters}`}$${row}`);

function workbook(sheets: readonly Sheet[]): string {
  const named = sheets.flatMap((sheet, n) => {
    const quoted = `'${sheet.name.replaceAll("'", "''")}'`;
    const name = (what: string, range: string) =>
      `<definedName name="_xlnm.${what}" localSheetId="${n}">${xml(`${quoted}!${fixed(range)}`)}</definedName>`;
    return [name('Print_Area', `A1:${last(sheet)}`), name('Print_Titles', sheet.repeated)];
  });
  const listed = sheets.map(({ name }, n) => `<sheet name="${xml(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`);
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets><definedNames>${named.join('')}</definedNames><calcPr calcId="0" fullCalcOnLoad="1"/></workbook>`;
}

function worksheet(sheet: Sheet): string {
  const { widths, rows, merged, frozen } = sheet;
  const columns = widths.map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`);
  const lines = rows.map((cells, n) => {
    const row = n + 1;
    const each = cells.map((cell, at) => (cell ? cellAt(`${columnName(at)}${row}`, cell) : ''));
    const high = cells[0]?.look === 'title' ? ' ht="30" customHeight="1"' : '';
    return `<row r="${row}"${high}>${each.join('')}</row>`;
  });
  const together = merged.map((range) => `<mergeCell ref="${range}"/>`);
  return [
    `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last(sheet)}"/>`,
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData>`,
    together.length > 0 ? `<mergeCells count="${together.length}">${together.join('')}</mergeCells>` : '',
    '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>',
  ].join('');
}

function cellAt(at: string, { value, formula, look }: SheetCell): string {
  const style = CELL_LOOKS.indexOf(look);
  if (formula !== undefined) {
    const type = typeof value === 'number' ? '' : ' t="str"';
    return `<c r="${at}" s="${style}"${type}><f>${xml(formula)}</f><v>${value === null ? '' : xml(String(value))}</v></c>`;
  }
  if (value === null || value === '') return `<c r="${at}" s="${style}"/>`;
  if (typeof value === 'number') return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

/** Fonts: plain, title, note, bold. Fills: the two that every workbook has, heads, sums. */
const STYLES = (() => {
  const font = (size: number, more = '') => `<font>${more}<sz val="${size}"/><name val="Microsoft YaHei"/></font>`;
  const fill = (colour: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
  const line = (side: string) => `<${side} style="thin"><color rgb="FFB8C0CC"/></${side}>`;
  const look = (font: number, fill: number, border: number, format: number, across: string) =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${across}" vertical="center" wrapText="1"/></xf>`;
  const [WHOLE, PERCENT, SCORE] = [3, 10, 2];
  const looks: Readonly<Record<CellLook, string>> = {
    ...{ text: look(0, 0, 1, 0, 'left'), title: look(1, 0, 0, 0, 'center'), note: look(2, 0, 0, 0, 'left') },
    ...{
      head: look(3, 2, 1, 0, 'center'),
      count: look(0, 0, 1, WHOLE, 'right'),
      percent: look(0, 0, 1, PERCENT, 'right'),
    },
    ...{
      score: look(0, 0, 1, SCORE, 'right'),
      'sum-text': look(3, 3, 1, 0, 'left'),
      'sum-count': look(3, 3, 1, WHOLE, 'right'),
    },
    ...{ 'sum-percent': look(3, 3, 1, PERCENT, 'right'), 'sum-score': look(3, 3, 1, SCORE, 'right') },
  };
  const xfs = CELL_LOOKS.map((name) => looks[name]);
  return [
    `<styleSheet xmlns="${MAIN}"><fonts count="4">${font(11)}${font(18, '<b/>')}${font(10)}${font(11, '<b/>')}</fonts>`,
    `<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFDCE6F3')}${fill('FFF1F4F8')}</fills>`,
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(line).join('')}<diagonal/></border></borders>`,
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs></styleSheet>`,
  ].join('');
})();
