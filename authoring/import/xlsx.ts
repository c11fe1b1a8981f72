import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Refusal } from '../../contract/words/reasons.ts';
import { inCell, showsPicture } from './cell-pictures.ts';
import type { Cell } from './cells.ts';
import type { PlacedPicture } from './drawing.ts';
import type { DrawnPicture } from './drawn-picture.ts';
import { openPackage, type Package } from './package.ts';
import { raised } from './raised.ts';
import { openParts, type Parts, partOf, type Relation } from './relations.ts';
import { wideEncoding } from './text.ts';
import { type BookPictures, readBookPictures } from './xlsx-pictures.ts';
import { limitAttributes, localName } from './xml.ts';

/**
 * Excel workbooks, piece by piece: the kept readers at hand unpack a workbook whole and say nothing of how far they are;
 * here a row is gone once it has been read. Source: ECMA-376, parts 1 (SpreadsheetML) and 2 (packages).
 */
export type SheetSource = {
  readonly sheet: string;
  /** In order, from the first; blank rows and cells keep their place. */
  readonly rows: Iterable<Cell[]>;
  /** Those that lie on it. */
  readonly pictures: readonly PlacedPicture[];
  /** Those that are the values of its cells, by row from 0: there once the row has come. */
  readonly inCells: Map<number, readonly PlacedPicture[]>;
  /** Those that cells name. */
  readonly named: ReadonlyMap<string, DrawnPicture>;
  /** It has no cells: a sheet that is one chart, or a dialogue. */
  readonly hasNoCells?: boolean;
};

/** A sheet read whole. */
export type Sheet = { readonly sheet: string; readonly data: readonly (readonly Cell[])[] };

/** More than any honest workbook unpacks to: in all, and once it is much, for what it is packed. */
const [MOST_BYTES, FREE_BYTES, MOST_RATIO] = [2_000_000_000, 30_000_000, 100];
/** Excel has no workbook with more styles; one with more sheets or texts nobody could open. */
const [MOST_SHEETS, MOST_STRINGS, MOST_STYLES] = [1_000, 2_000_000, 100_000];
/** Of a workbook that is read whole, for the table in it. */
const [TABLE_SHEETS, TABLE_ROWS] = [20, 5_000];

/**
 * The sheets of a workbook in their order. Rows are unpacked as they are asked for, sheet after sheet, each once.
 * @param onProgress the part of the workbook that has been read, 0..1
 * @throws Refusal `not-a-workbook`, also while rows are read
 */
export function openXlsx(bytes: Uint8Array, onProgress: (part: number) => void = () => undefined): SheetSource[] {
  return asWorkbook(() => {
    const book = readBook(bytes);
    if (book.sheets.length === 0) throw new Refusal('not-a-workbook', 'no sheet in it');
    if (book.sheets.length > MOST_SHEETS) throw new Refusal('not-a-workbook', `more than ${MOST_SHEETS} sheets`);
    if (new Set(book.sheets.map(({ path }) => path)).size < book.sheets.length)
      throw new Refusal('not-a-workbook', 'two sheets lie in one place');
    return book.sheets.map(({ name, path, hasNoCells }, at) => {
      const told = (part: number): void => onProgress((at + part) / book.sheets.length);
      const inCells: SheetSource['inCells'] = new Map();
      const rows = hasNoCells ? [] : rowsOf(book, path, inCells, told);
      const pictures = hasNoCells ? [] : book.pictures.on(path);
      return { sheet: name, rows, pictures, inCells, named: book.pictures.named, hasNoCells };
    });
  });
}

/** A small workbook, whole. @throws Refusal `not-a-workbook`, also where it is no small one */
export function readXlsx(bytes: Uint8Array): Sheet[] {
  const sheets = openXlsx(bytes).filter(({ hasNoCells }) => !hasNoCells);
  if (sheets.length > TABLE_SHEETS) throw new Refusal('not-a-workbook', `more than ${TABLE_SHEETS} sheets`);
  return sheets.map(({ sheet, rows }) => {
    const data: Cell[][] = [];
    for (const row of rows) {
      if (data.length === TABLE_ROWS) throw new Refusal('not-a-workbook', `${sheet} has more than ${TABLE_ROWS} rows`);
      data.push(row);
    }
    return { sheet, data };
  });
}

function asWorkbook<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('not-a-workbook', (error as Error).message);
  }
}

function* rowsOf(
  book: Book,
  path: string,
  inCells: SheetSource['inCells'],
  onProgress: (part: number) => void,
): Generator<Cell[]> {
  const { rows, parser } = startSheet(book, inCells);
  const steps = parse(book.pack, path, parser);
  for (;;) {
    const { done, value } = asWorkbook(() => steps.next());
    yield* rows.splice(0);
    if (done) return;
    onProgress(value);
  }
}

type Attributes = Readonly<Record<string, string>>;
type Handlers = {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

function parserOf({ open, text, close }: Handlers): SaxesParser {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new Refusal('not-a-workbook', 'a document type: no workbook has one');
  });
  parser.on('error', (error) => {
    throw error;
  });
  limitAttributes(parser);
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => open?.(localName(name), attributes));
  parser.on('text', (part) => text?.(part));
  parser.on('cdata', (part) => text?.(part));
  parser.on('closetag', ({ name }) => close?.(localName(name)));
  return parser;
}

/** Gives a part to its parser, as it is unpacked. Says after each step how far it is, 0..1. */
function* parse(pack: Opened, path: string, parser: SaxesParser): Generator<number, void> {
  let unpacked = 0;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  yield* pack.readInPieces(path, (piece, last) => {
    unpacked += piece.length;
    if (unpacked > MOST_BYTES || unpacked > Math.max(FREE_BYTES, pack.bytes * MOST_RATIO))
      throw new Refusal('not-a-workbook', 'it unpacks to too much');
    if (piece.length > 0) {
      decoder ??= new TextDecoder(wideEncoding(piece) ?? 'utf-8', { fatal: true });
      parser.write(decoder.decode(piece, { stream: true }));
    }
    if (!last) return;
    parser.write(decoder?.decode() ?? '');
    parser.close();
  });
}

/** @property bytes of the whole file */
type Opened = Package & { readonly bytes: number };

/** What an honest workbook has of entries, of XML besides its rows and texts, and of pictures. */
const [MOST_ENTRIES, MOST_XML, MOST_MEDIA] = [100_000, 20_000_000, 400_000_000];

type Book = {
  readonly pack: Opened;
  readonly pictures: BookPictures;
  readonly sheets: readonly { readonly name: string; readonly path: string; readonly hasNoCells: boolean }[];
  readonly strings: readonly string[];
  /** Whether a style shows numbers as dates, by its number. */
  readonly isDate: readonly boolean[];
  /** Its first day, in days after the one that most workbooks count from. */
  readonly firstDay: number;
  /** How many rows of it were read so far. */
  readonly counted: { rows: number };
};

function readBook(bytes: Uint8Array): Book {
  const pack = { ...openPackage(bytes, MOST_ENTRIES), bytes: bytes.length };
  const parts = openParts(pack, { xml: MOST_XML, bytes: MOST_MEDIA });
  const path = partOf(parts, '', 'officeDocument', 'xl/workbook.xml');
  if (path === undefined) throw new Refusal('not-a-workbook', 'xl/workbook.xml is not in it');
  const named: { name: string; id: string }[] = [];
  const { strings, handlers: stringHandlers } = startStrings();
  const { isDate, handlers: styleHandlers } = startStyles();
  let firstDay = 0;
  const workbook: Handlers = {
    open: (name, attributes) => {
      if (name === 'workbookPr' && isOn(attributes.date1904)) firstDay = DAYS_TO_1904;
      if (name === 'sheet') named.push({ name: attributes.name ?? '', id: relationId(attributes) });
    },
  };
  const readPart = (part: string | undefined, handlers: Handlers): void => {
    if (part !== undefined) for (const _ of parse(pack, part, parserOf(handlers)));
  };
  readPart(path, workbook);
  readPart(partOf(parts, path, 'sharedStrings', 'xl/sharedStrings.xml'), stringHandlers);
  readPart(partOf(parts, path, 'styles', 'xl/styles.xml'), styleHandlers);
  const sheets = named.map(({ name, id }) => sheetAt(parts, path, name, id));
  const pictures = readBookPictures(parts, path);
  return { pack, pictures, sheets, strings, isDate, firstDay, counted: { rows: 0 } };
}

/** Sheets without cells: one chart, a dialogue, a macro of Excel 4. */
const WITHOUT_CELLS = ['chartsheet', 'dialogsheet', 'xlMacrosheet', 'xlIntlMacrosheet'];

function sheetAt(parts: Parts, workbook: string, name: string, id: string): Book['sheets'][number] {
  const relation: Relation | undefined = parts.relations(workbook).find((one) => one.id === id);
  if (relation?.part === undefined) throw new Refusal('not-a-workbook', `its sheet ${name} is not in it`);
  return { name, path: relation.part, hasNoCells: WITHOUT_CELLS.includes(relation.kind) };
}

/** ECMA-376 part 1, 18.17.4.1: workbooks that began on a Macintosh count from 1904-01-01, four years and a day later. */
const DAYS_TO_1904 = 1_462;
const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/** Whatever prefix the relationships have in this file. */
const relationId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** A text in runs: joined, what stands higher in characters that do (10⁶ is not 106), readings of characters left out. */
function startRuns() {
  let [text, run, inText, inReading, higher] = ['', '', false, false, false];
  const endRun = (): void => {
    text += higher && run.trim() !== '' ? raised(run) : run;
    [run, higher] = ['', false];
  };
  return {
    handlers: {
      open(name: string, { val }: Attributes) {
        if (name === 'r') endRun();
        if (name === 'vertAlign') higher = val === 'superscript';
        if (name === 'rPh') inReading = true;
        if (name === 't') inText = !inReading;
      },
      text(part: string) {
        if (inText) run += part;
      },
      close(name: string) {
        if (name === 't') inText = false;
        if (name === 'rPh') inReading = false;
        if (name === 'r') endRun();
      },
    },
    /** The text so far; another begins. */
    take(): string {
      endRun();
      const whole = text;
      text = '';
      return whole;
    },
  };
}

/** Texts that cells share: runs of rich text joined, readings of characters left out. */
function startStrings(): { readonly strings: string[]; readonly handlers: Handlers } {
  const strings: string[] = [];
  const { handlers: run, take } = startRuns();
  const handlers: Handlers = {
    ...run,
    close(name) {
      run.close(name);
      if (name === 'si' && strings.push(take()) > MOST_STRINGS)
        throw new Refusal('not-a-workbook', `more than ${MOST_STRINGS} texts`);
    },
  };
  return { strings, handlers };
}

/** ECMA-376 part 1, 18.8.30: the built-in formats that show dates and times. */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** A code that shows days or hours, once quoted texts, escapes and colours are out of it. */
const showsDate = (code: string): boolean =>
  /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.|general/gi, ''));

function startStyles(): { readonly isDate: boolean[]; readonly handlers: Handlers } {
  const isDate: boolean[] = [];
  const custom = new Map<number, boolean>();
  let inCells = false;
  const handlers: Handlers = {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') custom.set(Number(numFmtId), showsDate(formatCode));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) isDate.push(custom.get(Number(numFmtId)) ?? isDateFormat(Number(numFmtId)));
      if (isDate.length > MOST_STYLES) throw new Refusal('not-a-workbook', `more than ${MOST_STYLES} styles`);
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  };
  return { isDate, handlers };
}

/** Days since the last one of 1899, as Excel counts them. */
const dayOf = (serial: number): Date => new Date(Math.round((serial - 25_569) * 86_400_000));

/** B12: the second column. */
function columnOf(address: string): number {
  let column = 0;
  for (const letter of address.replace(/\d+$/, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** What Excel allows; a number beyond it is no place. */
const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384];
const WIDEST = 512;
/** Of all sheets together. */
const MOST_ROWS_IN_ALL = 4 * MOST_ROWS;
/** Cells that one step of unpacking makes: rows that are nearly empty pack so well that it would be millions of them. */
const MOST_AT_ONCE = 4_000_000;
/** Excel keeps no longer text. */
export const CELL_MOST_LETTERS = 32_767;

/** @property rows those that are whole so far, for whoever takes them out */
function startSheet(
  { strings, isDate, firstDay, counted, pictures }: Book,
  inCells: SheetSource['inCells'],
): {
  readonly rows: Cell[][];
  readonly parser: SaxesParser;
} {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let [count, held] = [0, 0];
  const hold = (cells: Cell[]): void => {
    // They were taken out, and others come.
    if (rows.length === 0) held = 0;
    rows.push(cells);
    held += 1 + cells.length;
    counted.rows += 1;
    if (held > MOST_AT_ONCE || counted.rows > MOST_ROWS_IN_ALL)
      throw new Refusal('not-a-workbook', 'it is nearly empty, and much too large');
  };
  let [type, style, column, text, inValue, inString] = ['n', 0, -1, '', false, false];
  let [valueNumber, formula, inFormula] = [0, '', false];
  const runs = startRuns();
  /** The picture that the value of the cell is, out of it. */
  const takePicture = (): boolean => {
    const picture = valueNumber > 0 && !showsPicture(formula) ? pictures.values(valueNumber) : undefined;
    if (!picture) return false;
    inCells.set(count - 1, [...(inCells.get(count - 1) ?? []), inCell(picture, count - 1, column)]);
    return true;
  };
  const value = (): Cell => {
    if (takePicture()) return null;
    // Programs that do not know the formula show an error there.
    if (showsPicture(formula)) return `=${formula}`;
    if (type === 's') return strings[Number(text)] ?? null;
    if (type === 'str' || type === 'inlineStr') return text;
    if (type === 'b') return text === '1';
    if (text === '' || type === 'e') return null;
    if (type === 'd') return new Date(text);
    return isDate[style] ? dayOf(Number(text) + firstDay) : Number(text);
  };
  const parser = parserOf({
    open(name, attributes) {
      if (name === 'row') {
        const number = Number(attributes.r ?? count + 1);
        if (!(number > count && number <= MOST_ROWS)) throw new Refusal('not-a-workbook', `row ${attributes.r}`);
        for (; count < number - 1; count += 1) hold([]);
        row = [];
        count += 1;
        column = -1;
      }
      if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        if (!(column >= 0 && column < MOST_COLUMNS)) throw new Refusal('not-a-workbook', `cell ${attributes.r}`);
        [type, style, text] = [attributes.t ?? 'n', Number(attributes.s ?? 0), ''];
        [valueNumber, formula] = [Number(attributes.vm ?? 0), ''];
      }
      if (name === 'is') inString = true;
      if (inString) runs.handlers.open(name, attributes);
      if (name === 'v') inValue = true;
      if (name === 'f') inFormula = true;
    },
    text(part) {
      if (inString) runs.handlers.text(part);
      if (inValue) text += part;
      if (inFormula) formula += part;
    },
    close(name) {
      if (inString) runs.handlers.close(name);
      if (name === 'v') inValue = false;
      if (name === 'f') inFormula = false;
      if (name === 'is') [inString, text] = [false, runs.take()];
      if (name === 'row') hold(row);
      if (name !== 'c') return;
      // No bank is that wide; thousands of rows with one cell out there would fill the memory with nothing.
      if (column >= WIDEST) return;
      while (row.length < column) row.push(null);
      const read = value();
      if (typeof read === 'string' && read.length > CELL_MOST_LETTERS)
        throw new Refusal('not-a-workbook', `a cell has more than ${CELL_MOST_LETTERS} characters`);
      row[column] = read;
    },
  });
  return { rows, parser };
}
