/** What the reader hands over for one cell. */
export type Cell = string | number | boolean | Date | null | undefined;

/** The text of a cell as typed, untrimmed; '' where there is none. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell.toWellFormed();
  // A workbook stores 0.3 as 0.30000000000000004 when a formula made it; Excel shows 15 digits.
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(Number(cell.toPrecision(15))) : '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return '';
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
