import { type Page, writeText } from './write.ts';

/** Where on each page things stand, in points. */
export type Area = { readonly left: number; readonly width: number; readonly top: number; readonly bottom: number };
export type PaperTable = {
  readonly columns: readonly {
    readonly title: string /** Of the width, beside those of the others. */;
    readonly part: number;
  }[];
  readonly rows: readonly (readonly string[])[];
};

const [LINE, PAD] = ['#b8c0cc', 3];
/** So much is free for the heads with a row, and for a row. */
const [HEADED, ROW] = [48, 30];

/** Where the next thing of some height stands: on another page where this one has no room. */
export function roomOn({ doc }: Page, area: Area, y: number, height: number): number {
  if (y + height <= area.bottom) return y;
  doc.addPage();
  return area.top;
}

/** Its heads again on each page. @returns where the next thing may stand */
export function drawTable(page: Page, area: Area, { columns, rows }: PaperTable, top: number): number {
  const all = columns.reduce((sum, { part }) => sum + part, 0);
  const widths = columns.map(({ part }) => (area.width * part) / all);
  const line = (cells: readonly string[], y: number, weight: 400 | 700): number => {
    let [x, end] = [area.left, y];
    for (const [at, cell] of cells.entries()) {
      const width = widths[at] as number;
      const place = { x: x + PAD, y: y + PAD, width: width - 2 * PAD };
      end = Math.max(end, writeText(page, cell, place, { size: 8.5, weight }));
      x += width;
    }
    page.doc
      .moveTo(area.left, end + PAD)
      .lineTo(area.left + area.width, end + PAD)
      .lineWidth(0.5)
      .stroke(LINE);
    return end + PAD;
  };
  const head = columns.map(({ title }) => title);
  let y = line(head, roomOn(page, area, top, HEADED), 700);
  for (const row of rows) {
    const next = roomOn(page, area, y, ROW);
    y = line(row, next < y ? line(head, next, 700) : next, 400);
  }
  return y;
}
