import { posix } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Cell, type PlainCell, plainCell } from './cells.ts';
import { mustBeNoOther } from './other-formats.ts';
import type { FoundPicture } from './passage.ts';
import { type CellRange, startMerges } from './xlsx-merges.ts';
import { type Attributes, asWorkbook, type Handlers, isOn, parserOf, unpack } from './xlsx-parts.ts';
import { type PlacedPicture, readBookPictures } from './xlsx-pictures.ts';
import { type SheetBook, startSheet, type Unseen } from './xlsx-sheet.ts';
import { startStrings, unescaped } from './xlsx-strings.ts';
import { startStyles } from './xlsx-styles.ts';

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
  readonly pictures: readonly PlacedPicture[];
  /** The pictures that cells name. */
  readonly named: ReadonlyMap<string, FoundPicture>;
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
    const pictures = readBookPictures(bytes);
    const merges = readMerges(bytes, book);
    return book.sheets.map(({ name, path, isHidden }, at) => {
      const unseen: Unseen = { rows: new WeakSet(), columns: new Set() };
      return {
        ...{ sheet: name, isHidden, unseen },
        rows: rowsOf(bytes, book, { path, unseen }, (part) => onProgress((at + part) / book.sheets.length)),
        merges: merges.get(path) ?? [],
        pictures: pictures.placed.get(path) ?? [],
        named: pictures.named,
      };
    });
  });
}

/** A small workbook, whole. @throws Refusal `not-a-workbook`, also where it is no small one */
export function readXlsx(bytes: Uint8Array): Sheet[] {
  const sheets = openXlsx(bytes);
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

function* rowsOf(
  bytes: Uint8Array,
  book: Book,
  { path, unseen }: { readonly path: string; readonly unseen: Unseen },
  onProgress: (part: number) => void,
): Generator<Cell[]> {
  const { rows, parser } = startSheet(book, unseen);
  const steps = unpack(bytes, new Map([[path, parser]]));
  for (;;) {
    const { done, value } = asWorkbook(() => steps.next());
    yield* rows.splice(0);
    if (done) return;
    onProgress(value);
  }
}

/** The merged cells of each sheet, by its path. */
function readMerges(bytes: Uint8Array, { sheets }: Book): ReadonlyMap<string, readonly CellRange[]> {
  const readings = sheets.map(({ path }) => [path, startMerges()] as const);
  for (const _ of unpack(bytes, new Map(readings.map(([path, { sink }]) => [path, sink]))));
  return new Map(readings.map(([path, { merges }]) => [path, merges]));
}

/** What WPS Office shows where a cell holds a picture: =DISPIMG("ID_3F2B…",1). */
const NAMES_PICTURE = /^=(?:_xlfn\.)?DISPIMG\("([^"]*)"/;

/** The pictures that the cells of a row name, out of their cells; without bytes where the workbook has none of that name. */
export function takeOutNamed(
  cells: Cell[],
  row: number,
  named: ReadonlyMap<string, FoundPicture>,
): readonly PlacedPicture[] {
  return cells.flatMap((cell, column): PlacedPicture[] => {
    const name = typeof cell === 'string' ? NAMES_PICTURE.exec(cell)?.[1] : undefined;
    if (name === undefined) return [];
    cells[column] = null;
    const picture = named.get(name) ?? { bytes: undefined, alt: '' };
    return [{ ...picture, rows: { first: row, last: row }, column, inCell: true }];
  });
}

const [WORKBOOK, RELATIONS, STRINGS, STYLES] = [
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/sharedStrings.xml',
  'xl/styles.xml',
] as const;
const OPTIONAL = new Set<string>([STRINGS, STYLES]);

type ListedSheet = { readonly name: string; readonly isHidden: boolean };
type Book = SheetBook & { readonly sheets: readonly (ListedSheet & { readonly path: string })[] };

function readBook(bytes: Uint8Array): Book {
  const [named, targets]: [(ListedSheet & { id: string })[], Map<string, string>] = [[], new Map()];
  const { strings, handlers: stringHandlers } = startStrings();
  const { styles, handlers: styleHandlers } = startStyles();
  let [firstDay, isUncalculated] = [0, false];
  const workbook: Handlers = {
    open: (name, attributes) => {
      if (name === 'workbookPr' && isOn(attributes.date1904)) firstDay = DAYS_TO_1904;
      if (name === 'calcPr') isUncalculated = isOn(attributes.fullCalcOnLoad);
      if (name === 'sheet') named.push(listed(attributes));
    },
  };
  const relations: Handlers = {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target));
    },
  };
  const parts = { [WORKBOOK]: workbook, [RELATIONS]: relations, [STRINGS]: stringHandlers, [STYLES]: styleHandlers };
  const parsers = new Map(Object.entries(parts).map(([path, handlers]) => [path, parserOf(handlers)]));
  for (const _ of unpack(bytes, parsers, OPTIONAL));
  const sheets = named.flatMap(({ id, ...sheet }) => {
    const path = targets.get(id);
    return path?.includes('worksheets/') ? [{ ...sheet, path }] : [];
  });
  return { sheets, strings, styles, firstDay, isUncalculated, counted: { rows: 0 } };
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
