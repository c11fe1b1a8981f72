import type { SaxesParser } from 'saxes';
import { Refusal } from '../../contract/words/reasons.ts';
import { inCell, showsPicture } from './cell-pictures.ts';
import type { Cell } from './cells.ts';
import type { PlacedPicture } from './drawing.ts';
import { type CellBook, cellOf, isUnsolved, underLooks, type WrittenCell } from './xlsx-cell.ts';
import type { Conditions } from './xlsx-conditions.ts';
import { columnAt, rangeOf } from './xlsx-merges.ts';
import { type Attributes, isOn, parserOf } from './xlsx-parts.ts';
import type { BookPictures } from './xlsx-pictures.ts';
import { startRuns } from './xlsx-strings.ts';

/** What one sheet is read with. */
export type SheetBook = CellBook & {
  /** How many rows of the workbook were read so far. */
  readonly counted: { rows: number };
  readonly pictures: Pick<BookPictures, 'values'>;
};

/** What is found on a sheet besides its cells, as far as it has been read. */
type Found = {
  readonly unseen: Unseen;
  /** Pictures that are the values of cells, by row from 0. */
  readonly inCells: Map<number, readonly PlacedPicture[]>;
};

type Given = Found & { readonly conditions: Conditions };

type Reading = {
  /** Those that are whole so far, for whoever takes them out. */
  readonly rows: Cell[][];
  readonly parser: SaxesParser;
};

/** B12: the second column; of what is no place, -1. */
const columnOf = (address: string): number => columnAt(/^([A-Z]{1,3})\d+$/i.exec(address)?.[1] ?? '');

/** What Excel allows; a number beyond it is no place. */
const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384];
/** No bank is that wide; thousands of rows with one cell out there would fill the memory with nothing. */
const WIDEST = 512;
/** Of all sheets together. */
const MOST_ROWS_IN_ALL = 4 * MOST_ROWS;
/** Cells that one step of unpacking makes: rows that are nearly empty pack so well that it would be millions of them. */
const MOST_AT_ONCE = 4_000_000;

/** What nobody sees of a sheet, as far as it has been read. */
export type Unseen = {
  /** By the cells of a row as they were handed over. */
  readonly rows: WeakSet<readonly Cell[]>;
  /** From 0; whole once the first row is there. */
  readonly columns: Set<number>;
};

/** Reads the part of a sheet. ECMA-376 part 1, 18.3. */
export function startSheet(book: SheetBook, { unseen, inCells, conditions }: Given): Reading {
  const { rows, begin, end, at } = holdRows(book.counted);
  const cell = startCell();
  const arrays = startArrays();
  let [row, column, showsZeros]: [Cell[], number, boolean] = [[], -1, true];
  /** A cell whose value is a picture has no other. */
  const cellHere = (written: WrittenCell): Cell => {
    const isNamed = showsPicture(written.formula?.replace(/^=/, '') ?? '');
    const picture = written.rich > 0 && !isNamed ? book.pictures.values(written.rich) : undefined;
    if (written.array !== undefined && isUnsolved(written, book)) arrays.add(written.array);
    if (!picture) return underLooks(cellOf(written, book, showsZeros), conditions(at(), column));
    inCells.set(at(), [...(inCells.get(at()) ?? []), inCell(picture, at(), column)]);
    return null;
  };
  const parser = parserOf({
    open(name, attributes) {
      if (name === 'sheetView' && attributes.showZeros !== undefined) showsZeros = isOn(attributes.showZeros);
      if (name === 'col' && isUnseen(attributes, 'width')) hideColumns(attributes, unseen.columns);
      if (name === 'row') {
        row = begin(attributes.r);
        if (isUnseen(attributes, 'ht')) unseen.rows.add(row);
        column = -1;
      }
      if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        if (!(column >= 0 && column < MOST_COLUMNS)) throw new Refusal('not-a-workbook', `cell ${attributes.r}`);
      }
      cell.open(name, attributes);
    },
    text: cell.text,
    close(name) {
      cell.close(name);
      if (name === 'row') {
        arrays.fill(row, at());
        end();
      }
      if (name !== 'c' || column >= WIDEST) return;
      while (row.length < column) row.push(null);
      row[column] = cellHere(cell.take());
    },
  });
  return { rows, parser };
}

/** What a formula gives to several cells: where it was not calculated, those behind its own look blank, and are not. */
function startArrays() {
  /** The last row, from 0, by column. */
  const unsolved = new Map<number, number>();
  return {
    /** @param name of all its cells: C2:C4 */
    add(name: string): void {
      const { rows, columns } = rangeOf(name) ?? NO_RANGE;
      for (let column = columns.first; column <= Math.min(columns.last, WIDEST - 1); column += 1)
        unsolved.set(column, Math.max(rows.last, unsolved.get(column) ?? 0));
    },
    fill(row: Cell[], at: number): void {
      for (const [column, last] of unsolved) {
        if (last < at) unsolved.delete(column);
        // Of a blank row nobody asks anything.
        if (last < at || row.length === 0) continue;
        while (row.length < column) row.push(null);
        row[column] = UNSOLVED;
      }
    },
  };
}

const NO_RANGE = { rows: { first: 0, last: -1 }, columns: { first: 0, last: -1 } };
const UNSOLVED: Cell = { unread: 'cell-error', text: '=', plain: null };

/** Hidden by hand, by a filter or with the group it is in; or so low, or narrow, that there is nothing to see. */
const isUnseen = (attributes: Attributes, size: 'ht' | 'width'): boolean =>
  isOn(attributes.hidden) || (attributes[size] !== undefined && Number(attributes[size]) === 0);

function hideColumns({ min = '1', max = min }: Attributes, hidden: Set<number>): void {
  const last = Math.min(Number(max), WIDEST);
  for (let column = Math.max(1, Number(min)); column <= last; column += 1) hidden.add(column - 1);
}

/** Rows in their order, from the first; those that nobody wrote are blank. */
function holdRows(counted: { rows: number }) {
  const rows: Cell[][] = [];
  let [count, held] = [0, 0];
  let row: Cell[] = [];
  const hold = (one: Cell[]): void => {
    // They were taken out, and others come.
    if (rows.length === 0) held = 0;
    rows.push(one);
    held += 1 + one.length;
    counted.rows += 1;
    if (held > MOST_AT_ONCE || counted.rows > MOST_ROWS_IN_ALL)
      throw new Refusal('not-a-workbook', 'it is nearly empty, and much too large');
  };
  return {
    rows,
    /** @param at where it says it is */
    begin(at: string | undefined): Cell[] {
      const number = Number(at ?? count + 1);
      if (!(number > count && number <= MOST_ROWS)) throw new Refusal('not-a-workbook', `row ${at}`);
      for (; count < number - 1; count += 1) hold([]);
      row = [];
      count += 1;
      return row;
    },
    end: () => hold(row),
    /** The row that was begun last, from 0. */
    at: () => count - 1,
  };
}

/** Gathers what one cell says in several elements. */
function startCell() {
  const runs = startRuns();
  let cell: WrittenCell = NO_CELL;
  let inside: 'value' | 'formula' | 'string' | undefined;
  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'c')
        cell = {
          ...NO_CELL,
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          rich: Number(attributes.vm ?? 0),
        };
      if (name === 'is') inside = 'string';
      if (inside === 'string') runs.handlers.open(name, attributes);
      if (name === 'v') [inside, cell] = ['value', { ...cell, value: '' }];
      if (name === 'f')
        [inside, cell] = [
          'formula',
          { ...cell, formula: '', array: attributes.t === 'array' ? attributes.ref : undefined },
        ];
    },
    text(part: string): void {
      if (inside === 'string') runs.handlers.text(part);
      if (inside === 'value') cell = { ...cell, value: (cell.value ?? '') + part };
      if (inside === 'formula') cell = { ...cell, formula: (cell.formula ?? '') + part };
    },
    close(name: string): void {
      if (inside === 'string') runs.handlers.close(name);
      if (name === 'is') cell = { ...cell, inline: runs.take() };
      if (name === 'is' || name === 'v' || name === 'f') inside = undefined;
    },
    take: (): WrittenCell => cell,
  };
}

const NO_CELL: WrittenCell = {
  ...{ type: 'n', style: 0, value: undefined, inline: undefined, formula: undefined, array: undefined, rich: 0 },
};
