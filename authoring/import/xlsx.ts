import { Refusal } from '../../contract/words/reasons.ts';
import { type Cell, type PlainCell, plainCell } from './cells.ts';
import type { PlacedPicture } from './drawing.ts';
import type { DrawnPicture } from './drawn-picture.ts';
import { mustBeNoOther } from './other-formats.ts';
import { openPackage } from './package.ts';
import { openParts, type Parts, partOf, type Relation } from './relations.ts';
import { type Conditions, conditionsIn, type Look } from './xlsx-conditions.ts';
import { type CellRange, mergesIn } from './xlsx-merges.ts';
import { type Attributes, asWorkbook, type Handlers, isOn, type Opened, parserOf, unpack } from './xlsx-parts.ts';
import { type BookPictures, readBookPictures } from './xlsx-pictures.ts';
import { type SheetBook, startSheet, type Unseen } from './xlsx-sheet.ts';
import { startStrings, unescaped } from './xlsx-strings.ts';
import { startStyles } from './xlsx-styles.ts';
import { startTail } from './xlsx-tail.ts';

/**
 * Excel workbooks, piece by piece: the kept readers at hand unpack a workbook whole and say nothing of how far they are;
 * here a row is gone once it has been read. Source: ECMA-376, parts 1 (SpreadsheetML) and 2 (packages).
 */
export type SheetSource = {
  readonly sheet: string;
  /** Nobody who opens the workbook sees it. */
  readonly isHidden: boolean;
  /** In order, from the first; blank rows and cells keep their place. */
  readonly rows: Iterable<Cell[]>;
  readonly unseen: Unseen;
  /** In the order of their first rows. */
  readonly merges: readonly CellRange[];
  /** Those that lie on it. */
  readonly pictures: readonly PlacedPicture[];
  /** Those that are the values of its cells, by row from 0: there once the row has come. */
  readonly inCells: Map<number, readonly PlacedPicture[]>;
  /** Those that cells name. */
  readonly named: ReadonlyMap<string, DrawnPicture>;
  /** It has no cells: a sheet that is one chart, or a dialogue. */
  readonly hasNoCells: boolean;
};

/** A sheet read whole. */
export type Sheet = { readonly sheet: string; readonly data: readonly (readonly PlainCell[])[] };

/** One with more sheets nobody could open. */
const MOST_SHEETS = 1_000;
/** Of a workbook that is read whole, for the table in it. */
const [TABLE_SHEETS, TABLE_ROWS] = [20, 5_000];

/**
 * The sheets of a workbook in their order. Rows are unpacked as they are asked for, sheet after sheet, each once.
 * @param onProgress the part of the workbook that has been read, 0..1
 * @throws Refusal `not-a-workbook`, also while rows are read
 */
export function openXlsx(bytes: Uint8Array, onProgress: (part: number) => void = () => undefined): SheetSource[] {
  mustBeNoOther(bytes);
  return asWorkbook(() => {
    const book = readBook(bytes);
    if (book.sheets.length === 0) throw new Refusal('not-a-workbook', 'no sheet in it');
    if (book.sheets.length > MOST_SHEETS) throw new Refusal('not-a-workbook', `more than ${MOST_SHEETS} sheets`);
    if (new Set(book.sheets.map(({ path }) => path)).size < book.sheets.length)
      throw new Refusal('not-a-workbook', 'two sheets lie in one place');
    return book.sheets.map((sheet, at) =>
      sourceOf(book, sheet, (part) => onProgress((at + part) / book.sheets.length)),
    );
  });
}

function sourceOf(book: Book, sheet: Book['sheets'][number], onProgress: (part: number) => void): SheetSource {
  const { name, path, isHidden, hasNoCells } = sheet;
  const unseen: Unseen = { rows: new WeakSet(), columns: new Set() };
  const inCells: SheetSource['inCells'] = new Map();
  const tail = hasNoCells ? '' : readTail(book.pack, path);
  const conditions = conditionsIn(tail, book.dxfs);
  return {
    ...{ sheet: name, isHidden, unseen, inCells, hasNoCells },
    rows: hasNoCells ? [] : rowsOf(book, { path, unseen, inCells, conditions }, onProgress),
    merges: mergesIn(tail),
    pictures: hasNoCells ? [] : book.pictures.on(path),
    named: book.pictures.named,
  };
}

/** A small workbook, whole. @throws Refusal `not-a-workbook`, also where it is no small one */
export function readXlsx(bytes: Uint8Array): Sheet[] {
  const sheets = openXlsx(bytes).filter(({ hasNoCells }) => !hasNoCells);
  if (sheets.length > TABLE_SHEETS) throw new Refusal('not-a-workbook', `more than ${TABLE_SHEETS} sheets`);
  return sheets.map(({ sheet, rows }) => {
    const data: PlainCell[][] = [];
    for (const cells of rows) {
      if (data.length === TABLE_ROWS) throw new Refusal('not-a-workbook', `${sheet} has more than ${TABLE_ROWS} rows`);
      data.push(cells.map(plainCell));
    }
    return { sheet, data };
  });
}

type Filled = { readonly path: string; readonly conditions: Conditions } & Pick<SheetSource, 'unseen' | 'inCells'>;

function* rowsOf(book: Book, { path, ...filled }: Filled, onProgress: (part: number) => void): Generator<Cell[]> {
  const { rows, parser } = startSheet(book, filled);
  const steps = unpack(book.pack, path, parser);
  for (;;) {
    const { done, value } = asWorkbook(() => steps.next());
    yield* rows.splice(0);
    if (done) return;
    onProgress(value);
  }
}

/** What is said of a sheet behind its rows. */
function readTail(pack: Opened, path: string): string {
  const { sink, tail } = startTail();
  for (const _ of unpack(pack, path, sink));
  return tail();
}

type ListedSheet = { readonly name: string; readonly isHidden: boolean };
type Book = SheetBook & {
  readonly pictures: BookPictures;
  readonly pack: Opened;
  /** What cells may look like under a condition, by number. */
  readonly dxfs: readonly Look[];
  readonly sheets: readonly (ListedSheet & { readonly path: string; readonly hasNoCells: boolean })[];
};

/** What an honest workbook has of entries, of XML besides its rows and texts, and of pictures. */
const [MOST_ENTRIES, MOST_XML, MOST_MEDIA] = [100_000, 20_000_000, 400_000_000];

function readBook(bytes: Uint8Array): Book {
  const pack = { ...openPackage(bytes, MOST_ENTRIES), bytes: bytes.length };
  const parts = openParts(pack, { xml: MOST_XML, bytes: MOST_MEDIA });
  const path = partOf(parts, '', 'officeDocument', 'xl/workbook.xml');
  if (path === undefined) throw new Refusal('not-a-workbook', 'xl/workbook.xml is not in it');
  const named: (ListedSheet & { id: string })[] = [];
  const { strings, handlers: stringHandlers } = startStrings();
  const { styles, dxfs, handlers: styleHandlers } = startStyles();
  let [firstDay, isUncalculated] = [0, false];
  const workbook: Handlers = {
    open: (name, attributes) => {
      if (name === 'workbookPr' && isOn(attributes.date1904)) firstDay = DAYS_TO_1904;
      if (name === 'calcPr') isUncalculated = isOn(attributes.fullCalcOnLoad);
      if (name === 'sheet') named.push(listed(attributes));
    },
  };
  const readPart = (part: string | undefined, handlers: Handlers): void => {
    if (part !== undefined) for (const _ of unpack(pack, part, parserOf(handlers)));
  };
  readPart(path, workbook);
  readPart(partOf(parts, path, 'sharedStrings', 'xl/sharedStrings.xml'), stringHandlers);
  readPart(partOf(parts, path, 'styles', 'xl/styles.xml'), styleHandlers);
  const sheets = named.map(({ id, ...sheet }) => ({ ...sheet, ...sheetAt(parts, path, sheet.name, id) }));
  const pictures = readBookPictures(parts, path);
  return { pack, pictures, sheets, strings, styles, dxfs, firstDay, isUncalculated, counted: { rows: 0 } };
}

/** Sheets without cells: one chart, a dialogue, a macro of Excel 4. */
const WITHOUT_CELLS = ['chartsheet', 'dialogsheet', 'xlMacrosheet', 'xlIntlMacrosheet'];

function sheetAt(
  parts: Parts,
  workbook: string,
  name: string,
  id: string,
): Pick<Book['sheets'][number], 'path' | 'hasNoCells'> {
  const relation: Relation | undefined = parts.relations(workbook).find((one) => one.id === id);
  if (relation?.part === undefined) throw new Refusal('not-a-workbook', `its sheet ${name} is not in it`);
  return { path: relation.part, hasNoCells: WITHOUT_CELLS.includes(relation.kind) };
}

/** ECMA-376 part 1, 18.17.4.1: workbooks that began on a Macintosh count from 1904-01-01, four years and a day later. */
const DAYS_TO_1904 = 1_462;

/** A sheet that is hidden, or so well that Excel does not offer to show it. */
const listed = (attributes: Attributes): ListedSheet & { readonly id: string } => ({
  name: unescaped(attributes.name ?? ''),
  id: attributes['r:id'] ?? relationId(attributes),
  isHidden: /^(veryH|h)idden$/.test(attributes.state ?? ''),
});

/** Whatever prefix the relationships have in this file. */
const relationId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
