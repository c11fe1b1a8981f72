import { stringify } from 'csv-stringify/sync';

/**
 * A table as a CSV that programs for spreadsheets open as it is meant: with its mark, lines that end as theirs do, and nothing in it
 * that they would take for a formula.
 */
export const writeCsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell))),
    { bom: true, record_delimiter: 'windows' },
  );

/** A text that begins like a formula, after blanks too, gets a mark before it that such programs do not show. */
const guarded = (text: string): string => (/^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(text) ? `'${text}` : text);
