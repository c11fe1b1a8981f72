import type { Cell } from './cells.ts';
import type { PlacedPicture } from './drawing.ts';
import { type DrawnPicture, NO_PICTURE } from './drawn-picture.ts';

/** What WPS Office shows where a cell holds a picture: =DISPIMG("ID_3F2B…",1). */
const NAMES_PICTURE = /^=(?:_xlfn\.)?DISPIMG\("([^"]*)"/i;
/** A picture on the web, which nobody here fetches. */
const LINKS_PICTURE = /^=(?:_xlfn\.)?IMAGE\(/i;

/** Whether a formula shows a picture. @param formula as files have it, without its sign */
export const showsPicture = (formula: string): boolean =>
  NAMES_PICTURE.test(`=${formula}`) || LINKS_PICTURE.test(`=${formula}`);

/** The pictures that the cells of a row name, out of their cells; without bytes where the workbook has none of that name. */
export function takeOutNamed(
  cells: Cell[],
  row: number,
  named: ReadonlyMap<string, DrawnPicture>,
): readonly PlacedPicture[] {
  return cells.flatMap((cell, column): PlacedPicture[] => {
    if (typeof cell !== 'string') return [];
    const name = NAMES_PICTURE.exec(cell)?.[1];
    if (name === undefined && !LINKS_PICTURE.test(cell)) return [];
    cells[column] = null;
    return [inCell(named.get(name ?? '') ?? NO_PICTURE, row, column)];
  });
}

/** A picture that is in a cell, from 0. */
export const inCell = (picture: DrawnPicture, row: number, column: number): PlacedPicture => ({
  ...picture,
  rows: { first: row, last: row },
  column,
  inCell: true,
});
