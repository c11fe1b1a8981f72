import { Refusal } from '../../contract/words/reasons.ts';
import { showsPicture } from './cell-pictures.ts';
import { type Cell, cellText, isBlank, isUnread, type PlainCell, plainCell, type UnreadCell } from './cells.ts';
import { isErrorName } from './error-names.ts';
import { GENERAL } from './number-format.ts';
import type { Look } from './xlsx-conditions.ts';
import { type ShownText, STRUCK, unescaped } from './xlsx-strings.ts';
import { type CellStyle, NO_STYLE } from './xlsx-styles.ts';

/** A cell as its part of the package has it. ECMA-376 part 1, 18.3.1.4. */
export type WrittenCell = {
  /** `n` a number, `s` a shared text, `inlineStr`, `str` of a formula, `b`, `e` an error, `d` a date. */
  readonly type: string;
  readonly style: number;
  /** What stands in its value; undefined where it has none. */
  readonly value: string | undefined;
  readonly inline: ShownText | undefined;
  readonly formula: string | undefined;
  /** All cells that the formula fills, where it fills several: C2:C4. */
  readonly array: string | undefined;
  /** The number of its value among those that another part of the package holds, such as a picture in the cell; 0 for none. */
  readonly rich: number;
};

/** What the cells of a workbook refer to. */
export type CellBook = {
  readonly strings: readonly ShownText[];
  readonly styles: readonly CellStyle[];
  /** Its first day, in days after the one that most workbooks count from. */
  readonly firstDay: number;
  /** Whoever opens it has to calculate first: what its formulas came to, nobody has worked out. */
  readonly isUncalculated: boolean;
};

/** Excel keeps no longer text. */
export const CELL_MOST_LETTERS = 32_767;

/** What a cell shows. @throws Refusal `not-a-workbook` for a text that no workbook has */
export function cellOf(written: WrittenCell, book: CellBook, showsZeros: boolean): Cell {
  const cell = readValue(written, book, showsZeros);
  if (typeof cell === 'string' && cell.length > CELL_MOST_LETTERS)
    throw new Refusal('not-a-workbook', `a cell has more than ${CELL_MOST_LETTERS} characters`);
  return cell;
}

function readValue(written: WrittenCell, book: CellBook, showsZeros: boolean): Cell {
  const { type, value = '', formula } = written;
  const style = book.styles[written.style] ?? NO_STYLE;
  const shows = formula?.replace(/^=/, '');
  // Programs that do not know the formula show an error there.
  if (shows !== undefined && showsPicture(shows)) return `=${shows}`;
  if (type === 'e') return unread('cell-error', value || '#', null);
  if (isUnsolved(written, book)) return unread('cell-error', `=${formula ?? ''}`, null);
  if (type === 's' && value !== '') return sharedText(value, style, book);
  // Some programs leave out of which type it is, or write it where a formula has its own.
  if (written.inline !== undefined) return shownText(written.inline, style);
  if (type === 'inlineStr') return shownText(unescaped(value), style);
  if (type === 'str')
    return isErrorName(value) ? unread('cell-error', value, null) : shownText(unescaped(value), style);
  if (value.trim() === '') return null;
  if (type === 'b') return struck(value === '1' || value === 'true', style);
  if (type === 'd') return new Date(value);
  return numberShown(Number(value), style, book, showsZeros);
}

/** Libraries write formulas and do not calculate: without a value, or with a nought that stands for none. */
export function isUnsolved({ type, value, formula }: WrittenCell, { isUncalculated }: CellBook): boolean {
  if (formula === undefined) return false;
  if (value === undefined || (value === '' && type !== 'str')) return true;
  return isUncalculated && (type === 'n' ? Number(value) === 0 : value === '');
}

const unread = (reason: UnreadCell['unread'], text: string, plain: PlainCell, construct?: string): UnreadCell => ({
  unread: reason,
  text,
  plain,
  ...(construct && { construct }),
});

/** Words that somebody crossed out: whether they still count, nobody can tell. */
function struck(cell: PlainCell, style: CellStyle): Cell {
  return style.struck && cell !== '' ? unread('construct-unread', String(cell), cell, STRUCK) : cell;
}

/** One that is not there is lost, and no blank. */
function sharedText(at: string, style: CellStyle, { strings }: CellBook): Cell {
  const text = strings[Number(at)];
  return text === undefined ? unread('cell-error', '#', null) : shownText(text, style);
}

function shownText(whole: ShownText, style: CellStyle): Cell {
  const { text, unread: why, ownLook } = typeof whole === 'string' ? { text: whole, ownLook: false } : whole;
  if (why) return unread('construct-unread', text, text, why);
  if (text.trim() === '') return text;
  const shown = style.format.ofText(text);
  if (shown === undefined) return unread('cell-rewritten', text, text);
  return ownLook ? shown : struck(shown, style);
}

/** Days since the last one of 1899, as Excel counts them. */
const dayOf = (serial: number): Date => new Date(Math.round((serial - 25_569) * 86_400_000));

function numberShown(number: number, style: CellStyle, { firstDay }: CellBook, showsZeros: boolean): Cell {
  if (!Number.isFinite(number)) return unread('cell-error', String(number), null);
  if (style.format.isDate) return dayOf(number + firstDay);
  const shown = number === 0 && !showsZeros ? undefined : style.format.ofNumber(number);
  if (shown === undefined) return unread('cell-rewritten', String(number), number);
  if (style.struck) return unread('construct-unread', shown, number, STRUCK);
  return style.format === GENERAL ? number : { number, shown };
}

/**
 * A cell that says the same whichever of these looks it has. One that would say something else under some condition is unread: whether that
 * holds, Excel works out, and nobody here.
 */
export function underLooks(cell: Cell, looks: readonly Look[]): Cell {
  const text = cellText(cell);
  if (looks.length === 0 || isUnread(cell) || cell instanceof Date || isBlank(text)) return cell;
  const plain = plainCell(cell);
  if (looks.some(({ struck: crossed }) => crossed)) return unread('construct-unread', text, plain, STRUCK);
  return looks.some((look) => saysOther(look, plain, text)) ? unread('cell-rewritten', text, plain) : cell;
}

function saysOther({ format, hidesNumber }: Look, plain: PlainCell, text: string): boolean {
  if (typeof plain === 'string') return format !== undefined && format.ofText(plain) !== plain;
  if (typeof plain !== 'number') return false;
  return hidesNumber === true || (format !== undefined && format.ofNumber(plain) !== text);
}
