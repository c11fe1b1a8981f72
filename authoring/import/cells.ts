import { plainNumber } from './number-format.ts';

/** What the reader hands over for one cell. */
export type Cell = PlainCell | ShownNumber | UnreadCell;

/** What is in a cell, whatever it looks like. */
export type PlainCell = string | number | boolean | Date | null | undefined;

/** A number that is shown in another way than by its digits. */
export type ShownNumber = { readonly number: number; readonly shown: string };

/** A cell of which it cannot be told what whoever wrote it meant. */
export type UnreadCell = {
  readonly unread: 'cell-rewritten' | 'cell-error' | 'construct-unread';
  /** What the last of these speaks of. */
  readonly construct?: string;
  /** Something of it, to see that it is not blank. */
  readonly text: string;
  readonly plain: PlainCell;
};

export const isUnread = (cell: Cell): cell is UnreadCell =>
  typeof cell === 'object' && cell !== null && 'unread' in cell;

/** What is in it, for tables where a number is a number however it is shown. */
export function plainCell(cell: Cell): PlainCell {
  if (isUnread(cell)) return cell.plain;
  return typeof cell === 'object' && cell !== null && 'shown' in cell ? cell.number : cell;
}

/** The text of a cell as it is shown, untrimmed; '' where there is none. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell.toWellFormed();
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (isUnread(cell)) return cell.text;
  return typeof cell === 'object' && cell !== null && 'shown' in cell ? cell.shown : '';
}

export const isBlank = (text: string): boolean => tidy(text) === '';

const HAN = /\p{Script=Han}/u;

/**
 * Trims and collapses whitespace and drops invisible characters. A line break between two Chinese characters is a line
 * wrapped by hand, and Chinese has no space there.
 */
export function tidy(text: string): string {
  return text
    .replace(/\s+/g, (run: string, at: number) => {
      const wrapped = /[\r\n]/.test(run) && HAN.test(text[at - 1] ?? '') && HAN.test(text[at + run.length] ?? '');
      return wrapped ? '' : ' ';
    })
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/**
 * Full-width ASCII to ASCII, one character for one, so that a place found in the folded text is the same place in the
 * text as typed. Only for looking: options and stems are cut from the original.
 */
export function fold(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, ' ');
}

/** A short cell (heading, kind, key) made comparable: NFKC, no whitespace or invisible characters. */
export const compact = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '');
